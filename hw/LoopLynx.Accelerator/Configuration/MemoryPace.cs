namespace LoopLynx.Accelerator;

/// <summary>
/// What the closed-form model knows of a memory: how long an idle channel takes, how fast a sequential reader is served, and what else costs.
/// </summary>
/// <param name="Latency">Cycles from an accepted burst to its first beat, and from a write to its answer.</param>
public sealed record MemoryPace(int Latency)
{
    /// <summary>What a channel gives at most.</summary>
    public BeatRate Channel { get; init; } = BeatRate.Whole;

    /// <summary>What the node orders at most.</summary>
    public BeatRate Orders { get; init; } = BeatRate.Whole;

    /// <summary>Cycles of a channel that a written beat takes from its reader: the bus turns twice.</summary>
    public double WriteCycles { get; init; }

    /// <summary>Cycles between the starts of two runs of keys, or of values, at least: their rows lie in the same bank.</summary>
    public double RowCycles { get; init; }

    /// <summary>Cycles after which so many beats of a channel have come, of a stream that doesn't stop.</summary>
    /// <param name="beats">Beats of the stream.</param>
    /// <param name="lost">Cycles that the channel couldn't use for them.</param>
    public long CyclesOf(long beats, double lost) => Math.Max(Channel.CyclesOf(beats) + (long)Math.Ceiling(lost), Orders.CyclesOf(beats));

    /// <summary>Cycles that the channel which takes a token's keys and values loses in a layer.</summary>
    /// <param name="c">The machine.</param>
    /// <param name="position">The token's position.</param>
    public double LostInLayer(NodeConfiguration c, int position)
    {
        var runs = c.NodeHeads * c.RowsPerPosition;
        var writes = 2.0 * runs * c.Columns;
        var headBeats = c.Cache.ChannelRows(position) * c.Columns;
        var waits = headBeats == 0 ? 0 : Math.Max(0, RowCycles - Channel.CyclesOf(headBeats));
        return (writes * WriteCycles) + (c.NodeHeads * waits);
    }
}
