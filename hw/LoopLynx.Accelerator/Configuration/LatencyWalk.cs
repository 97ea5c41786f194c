namespace LoopLynx.Accelerator;

/// <summary>
/// A token on its way through the program, for the closed-form latency: the time so far, and how much of the weight stream has been taken.
/// With <c>RunAhead</c> the memory's time runs through the whole token; without, it begins anew with each step.
/// </summary>
public sealed class LatencyWalk
{
    // From the first cycle of the token, or of the step, to the cycle before the first beat would be there if it came alone.
    private readonly long _streamStart;
    private long _taken;
    private double _lost;

    internal LatencyWalk(NodeConfiguration configuration, int position, MemoryPace memory)
    {
        (Configuration, Position, Memory) = (configuration, position, memory);
        _streamStart = MemoryInterface.OrderLatency + memory.Latency - 1 + ReadEngine.DataLatency(configuration);
    }

    /// <summary>The machine.</summary>
    public NodeConfiguration Configuration { get; }

    /// <summary>The token's position.</summary>
    public int Position { get; }

    /// <summary>What the memory gives.</summary>
    public MemoryPace Memory { get; }

    /// <summary>Cycle in which the last write so far has been answered.</summary>
    public long WritesAnswered { get; set; }

    /// <summary>Cycles so far, up to the present step's first.</summary>
    public long Now { get; private set; }

    /// <summary>The most beats of a channel that have arrived and haven't been taken; 0 without <c>RunAhead</c>.</summary>
    public long LargestBacklog { get; private set; }

    /// <summary>Packets of the residual.</summary>
    public long Packets => Configuration.Embed / Configuration.PacketLanes;

    /// <summary>Beats that wait at the beginning of a step that takes some; what remains of the stream bounds them.</summary>
    public void Waiting()
    {
        var c = Configuration;
        var planned = c.Map.WeightBeats + (2L * c.Layers * c.NodeHeads * c.Cache.RowsRead(Position));
        var arrived = Math.Min(Memory.Channel.BeatsIn(Now + 1 - _streamStart), planned * c.Columns);
        LargestBacklog = c.RunAhead ? Math.Max(LargestBacklog, arrived - (_taken * c.Columns)) : 0;
    }

    /// <summary>When the <paramref name="count"/>-th row beat from here is there, counted from the present step's first cycle.</summary>
    public long Arrival(long count) => Configuration.RunAhead
        ? _streamStart + Memory.CyclesOf((_taken + count) * Configuration.Columns, _lost) - Now
        : _streamStart + Memory.CyclesOf(count * Configuration.Columns, 0);

    /// <summary>Takes row beats from the stream.</summary>
    public void Take(long beats) => _taken += beats;

    /// <summary>Takes from the stream what a layer's keys and values cost beside their beats.</summary>
    public void Lose() => _lost += Memory.LostInLayer(Configuration, Position);

    internal void Spend(long cycles) => Now += cycles;
}
