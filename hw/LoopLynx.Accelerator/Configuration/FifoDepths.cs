namespace LoopLynx.Accelerator;

/// <summary>
/// How deep each FIFO has to be so that it never costs a cycle, derived from the configuration. A test runs the machine with these depths and with one less; <c>latency --fifos</c> shows the highest fills.
/// </summary>
/// <remarks>FIFOs of the stream library's pipelines carry their own derivation: register levels + 2, see <see cref="StreamWidths.Pipeline"/>.</remarks>
public static class FifoDepths
{
    /// <summary>Rows of a URAM288: a deeper prefetch FIFO would take a second row of them.</summary>
    private const int UltraRows = 4096;

    // A burst is offered a cycle after its room is known, and its address is a register behind that.
    private const int OrderLevels = 3;

    /// <summary>
    /// Beats of a channel's prefetch FIFO. A burst is ordered only with room for all of it, so to keep a beat a cycle coming there must be room for the beats that are on their way
    /// (the memory's latency), for the burst that is being ordered, and for the register levels of ordering. With <c>RunAhead</c> also for what arrives while no kernel takes any:
    /// the largest backlog of a token, which is that of position 0, where attention reads nothing.
    /// </summary>
    public static int Prefetch(NodeConfiguration c, int memoryLatency = 64)
    {
        var onOrder = memoryLatency + MemorySizes.MaxBurstBeats + OrderLevels;
        var beats = onOrder + (c.RunAhead ? (int)Math.Min(UltraRows, LatencyModel.Token(c, 0, memoryLatency).LargestBacklog) : 0);
        return Math.Min(UltraRows, (beats + c.Columns - 1) / c.Columns * c.Columns);
    }

    /// <summary>Row results behind the slices: a row gets its credit when it starts, and the credit returns when its result has left: the slice's latency and the operand register, the FIFO itself, and a cycle to see the credit.</summary>
    public static int RowResults(NodeConfiguration c) => MatrixSlice.Latency(c.SliceLanes) + 4;

    /// <summary>Packets at the end of a ring link: two keep a FIFO at full rate.</summary>
    public static int Link(NodeConfiguration c) => c.LinkDepth > 0 ? c.LinkDepth : 2;

    /// <summary>Packets that are to be forwarded: a whole round arrives while the node sends its own, and one more keeps the FIFO at full rate.</summary>
    public static int Forward(NodeConfiguration c) => c.RingBlock + 1;
}
