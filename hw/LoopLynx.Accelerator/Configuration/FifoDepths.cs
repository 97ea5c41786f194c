namespace LoopLynx.Accelerator;

/// <summary>
/// How deep each FIFO has to be so that it never costs a cycle, derived from the configuration. A test runs the machine with these depths and with one less;
/// <c>latency --fifos</c> shows the highest fills.
/// </summary>
/// <remarks>FIFOs of the stream library's pipelines carry their own derivation: <see cref="StreamPipelines.Latency"/>, and a cycle for the credit.</remarks>
public static class FifoDepths
{
    /// <summary>Rows of a URAM288: a deeper prefetch FIFO would take a second row of them.</summary>
    private const int UltraRows = 4096;

    /// <summary>
    /// Beats of a channel's prefetch FIFO. A burst is ordered only with room for all of it, so to keep a beat a cycle coming there must be room for the
    /// beats that are on their way
    /// (the memory's latency), for the burst that is being ordered, and for the register levels from room that comes back to beats that come out.
    /// With <c>RunAhead</c> also for what arrives while no kernel takes any:
    /// the largest backlog of a token, which is that of position 0, where attention reads nothing.
    /// </summary>
    public static int Prefetch(NodeConfiguration c, int memoryLatency = 64)
    {
        // Joining beats costs a level too, but then the array takes several at once, and room comes back faster than beats.
        var levels = ReadEngine.OfferLatency + ReadEngine.DataLatency(c) - StreamWidths.WidenLatency(c.Columns) - 1 + ReadEngine.RoomLatency;
        var onOrder = memoryLatency + MemorySizes.MaxBurstBeats + levels;
        var beats = onOrder + (c.RunAhead ? (int)Math.Min(UltraRows, LatencyModel.Token(c, 0, memoryLatency).LargestBacklog) : 0);
        return Math.Min(UltraRows, (beats + c.Columns - 1) / c.Columns * c.Columns);
    }

    /// <summary>Row results behind the slices: a row gets its credit when it starts, and the credit returns when its result has left.</summary>
    public static int RowResults(NodeConfiguration c) => MatrixProcessor.RowsUnderWay(c);

    /// <summary>
    /// Groups of rows whose constants wait for their sums; a group gets its credit with its constants, and it returns when the last row has taken its own.
    /// </summary>
    public static int ConstantGroups(NodeConfiguration c) => MatrixProcessor.GroupsUnderWay(c);

    /// <summary>
    /// Packets at the end of a ring link: as many as are sent between one and the credit that it gives back, which goes the same way, or, between kernels, on
    /// round the ring.
    /// </summary>
    public static int Link(NodeConfiguration c) =>
        c.LinkDepth > 0 ? c.LinkDepth : Router.HopLatency(c) + Router.ReturnLatency + Back(c) + CreditLatency;

    private static int Back(NodeConfiguration c) =>
        c.KernelLinks ? KernelRing.ReturnLatency + ((c.Nodes - 1) * (CardRing.SlowestLink(c) + KernelRing.CreditLatency)) : CardRing.SlowestLink(c);

    /// <summary>
    /// Packets that are to be forwarded: a whole round arrives while the node sends its own, and those on their way through keep the rate full.
    /// </summary>
    public static int Forward(NodeConfiguration c) => c.RingBlock + Router.ForwardLatency;
}
