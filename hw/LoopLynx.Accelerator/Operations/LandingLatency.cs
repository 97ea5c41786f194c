namespace LoopLynx.Accelerator;

/// <summary>
/// When the packets of a step's result have landed in every node's buffers. All nodes make theirs at the same time, and one packet lands a cycle,
/// from whichever node it comes.
/// </summary>
/// <param name="c">The machine.</param>
/// <param name="exchanges">Whether the result goes round the ring.</param>
internal sealed class LandingLatency(NodeConfiguration c, bool exchanges)
{
    private readonly List<(long First, long Packets)> _bursts = [];
    private readonly int _link = CardRing.SlowestLink(c);
    private readonly bool _exchanges = exchanges && c.Nodes > 1;

    /// <summary>Adds packets that a kernel of this node gives in consecutive cycles; later ones in order.</summary>
    /// <param name="first">Cycle of the first.</param>
    /// <param name="packets">How many there are.</param>
    public void Burst(long first, long packets) => _bursts.Add((first + ResultRouting.EntryLatency, packets));

    /// <summary>Cycle in which the last packet lands.</summary>
    public long Last()
    {
        var own = LastOf(_bursts, nodes: 1);
        if (!_exchanges)
        {
            return own + Router.Latency(c);
        }

        // Without transmission hiding all packets leave behind the last one.
        IReadOnlyList<(long First, long Packets)> sent = c.TransmissionHiding ? _bursts : [(own + Router.StageLatency(c), _bursts.Sum(b => b.Packets))];
        var landed = Math.Max(LastOf(sent, c.Nodes), LastOfFirstBlock(sent));
        return Math.Max(landed, LastForwarded(sent)) + Router.LandingLatency(c);
    }

    /// <summary>One a cycle: from each burst on, all packets that are left.</summary>
    private static long LastOf(IReadOnlyList<(long First, long Packets)> bursts, int nodes)
    {
        var (last, left) = (long.MinValue, bursts.Sum(b => b.Packets));
        foreach (var (first, packets) in bursts)
        {
            last = Math.Max(last, first + (nodes * left) - 1);
            left -= packets;
        }

        return last;
    }

    /// <summary>
    /// When the last packet has come to the last node: a block goes on for as many rounds as there are nodes between, and the next block comes behind it.
    /// </summary>
    private long LastForwarded(IReadOnlyList<(long First, long Packets)> bursts)
    {
        var rounds = (c.Nodes - 2) * Math.Max(c.RingBlock, _link + Router.ForwardLatency);
        var (last, left) = (LastOf(bursts, nodes: 1), bursts.Sum(b => b.Packets));
        foreach (var (first, packets) in bursts.Where(b => b.Packets % c.RingBlock == 0))
        {
            last = Math.Max(last, first + (((left / c.RingBlock) - 1) * (c.RingBlock + rounds)) + c.RingBlock - 1);
            left -= packets;
        }

        return last + rounds + _link;
    }

    /// <summary>
    /// The same bound from each packet of the first block on: its packets don't fill the ring at once, and what doesn't land then lands later.
    /// </summary>
    private long LastOfFirstBlock(IReadOnlyList<(long First, long Packets)> bursts)
    {
        var most = c.RingBlock + 1;
        var own = bursts.SelectMany(b => Enumerable.Range(0, (int)Math.Min(b.Packets, most)).Select(i => b.First + i)).Take(most).ToList();
        var arrivals = new List<long>(own);
        var (sent, link) = (new long[Math.Min(c.RingBlock, own.Count)], long.MinValue);
        for (var round = 0; round < c.Nodes - 1; round++)
        {
            for (var i = 0; i < sent.Length; i++)
            {
                link = sent[i] = Math.Max(link + 1, round == 0 ? own[i] : sent[i] + _link + Router.ForwardLatency);
                arrivals.Add(sent[i] + _link);
            }
        }

        var all = c.Nodes * bursts.Sum(b => b.Packets);
        return arrivals.Order().TakeWhile(arrival => arrival <= link).Select((arrival, i) => arrival + all - i - 1).Max();
    }
}
