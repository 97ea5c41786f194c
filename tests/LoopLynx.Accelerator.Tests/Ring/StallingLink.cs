namespace LoopLynx.Accelerator.Tests.Ring;

/// <summary>The product's link behind a gate, whose port the test opens and closes.</summary>
internal sealed class StallingLink(NodeConfiguration configuration, int from) : IRingLink
{
    /// <summary>The product's ring with such links.</summary>
    /// <param name="configuration">The machine.</param>
    /// <param name="number">The number that a node is told; its own unless a test breaks the ring.</param>
    /// <param name="successor">The node that a node's link goes to; the next unless a test breaks the ring.</param>
    public static LoopLynxRing Ring(NodeConfiguration configuration, Func<int, int>? number = null, Func<int, int>? successor = null)
    {
        var topology = RingTopology.Of(configuration, i => new StallingLink(configuration, i));
        return new LoopLynxRing(configuration, new([.. topology.Places.Select((place, i) =>
            place with { Number = number?.Invoke(i) ?? place.Number, Successor = successor?.Invoke(i) ?? place.Successor })]));
    }

    /// <summary>Name of the port of a link.</summary>
    public static string Port(int from) => $"LinkOpen{from}";

    private readonly RingLink _link = new(configuration);

    /// <summary>While it is 1, flits pass.</summary>
    public Signal Open { get; } = Input(Bit, Port(from));

    public IEnumerable<object> Members => [Open];

    public void Join(RingPort sender, RingPort receiver, int from) => _link.Join(Held(configuration, sender, Open, from), sender, receiver, from);

    /// <summary>A sender's flits, held back while a signal is 0; as many wait as have credits.</summary>
    public static Stream<Signal> Held(NodeConfiguration c, RingPort sender, Signal open, int from) =>
        ((Stream<Signal>)sender.To).Fifo(FifoDepths.Link(c), name: $"held{from}").Gate(open, $"gate{from}");
}
