namespace LoopLynx.Accelerator;

/// <summary>The link of the product: registers for its length, and the receiver's FIFO.</summary>
/// <param name="configuration">The machine.</param>
public sealed class RingLink(NodeConfiguration configuration) : IRingLink
{
    /// <inheritdoc/>
    public IEnumerable<object> Members => [];

    /// <summary>Cycles from a flit that leaves a node to the same flit at the next.</summary>
    public static int Latency(NodeConfiguration c) => (c.LinkLatency * StreamStages.IsolateLatency) + StreamFifos.Latency();

    /// <summary>Name of the FIFO at the end of the link that begins at a node.</summary>
    public static string Fifo(int from) => $"link{from}_fifo";

    /// <inheritdoc/>
    public Stream<Signal> Carry(Stream<Signal> flits, int from)
    {
        var delayed = Enumerable.Range(0, configuration.LinkLatency).Aggregate(flits, (s, i) => s.Isolate($"link{from}_{i}"));
        return delayed.Fifo(FifoDepths.Link(configuration), name: Fifo(from));
    }
}
