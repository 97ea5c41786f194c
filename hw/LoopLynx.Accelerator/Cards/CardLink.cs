namespace LoopLynx.Accelerator;

/// <summary>
/// A link between nodes on two cards, as the nodes see it: the serial link's and the clock crossings' cycles, and the receiver's FIFO, deep enough for all
/// flits whose credit is still on its way.
/// </summary>
/// <remarks>The ring joins nodes for simulation. On a card the link is a kernel of its own between two nodes' ports.</remarks>
/// <param name="configuration">The machine.</param>
public sealed class CardLink(NodeConfiguration configuration) : IRingLink
{
    // From a flit that is pushed to the count of those that have come over: the count's register.
    private const int CountLatency = 1;

    /// <inheritdoc/>
    public IEnumerable<object> Members => [];

    /// <summary>Cycles from a flit that leaves a node to the same flit at the next.</summary>
    public static int Latency(NodeConfiguration c) => Math.Max(c.CardLinkCycles, StreamFifos.Latency() + CountLatency);

    /// <summary>Name of the FIFO at the end of the link that begins at a node.</summary>
    public static string Fifo(int from) => $"card{from}_fifo";

    /// <inheritdoc/>
    public Stream<Signal> Carry(Stream<Signal> flits, int from)
    {
        var depth = FifoDepths.CardLink(configuration);
        var travelling = flits.Fifo(depth, name: Fifo(from));

        // The FIFO has the flits at once. They are shown when as much time has passed as each takes.
        var come = DelayedReset(flits.Fire, Latency(configuration) - CountLatency);
        Credits(out var there, depth, initial: 0, name: $"card{from}_there");
        var shown = travelling.Gate(there.Any, $"card{from}");
        there.Move(take: shown.Fire, give: come);
        return shown;
    }

    private static Signal DelayedReset(Signal value, int cycles) =>
        Enumerable.Range(0, cycles).Aggregate(value, (s, _) => s.RegisteredReset(0));
}
