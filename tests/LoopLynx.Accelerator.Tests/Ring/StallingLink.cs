namespace LoopLynx.Accelerator.Tests.Ring;

/// <summary>A ring link as <see cref="LoopLynxRing"/> has it, behind a gate that a test opens and closes.</summary>
internal static class StallingLink
{
    public static Stream<Signal> Of(NodeConfiguration c, Stream<Signal> flits, Signal open, int from)
    {
        var gated = flits.Gate(open, $"gate{from}");
        var delayed = Enumerable.Range(0, c.LinkLatency).Aggregate(gated, (s, i) => s.Isolate($"link{from}_{i}"));
        return delayed.Fifo(FifoDepths.Link(c), name: $"link{from}_fifo");
    }
}
