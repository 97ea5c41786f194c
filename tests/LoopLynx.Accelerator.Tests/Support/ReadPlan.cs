namespace LoopLynx.Accelerator.Tests.Support;

/// <summary>How many beats each channel delivers for a token: an ideal machine reads each of them once, and nothing else.</summary>
internal static class ReadPlan
{
    /// <summary>Memory beats of a node's channel for the token at a position: weights, and keys and values where the channel holds them.</summary>
    public static long Beats(NodeConfiguration c, MemoryLayout layout, int channel, int position)
    {
        var kinds = new[] { false, true }.Count(isValue => Holds(layout, channel, isValue));
        return c.Columns * (layout.WeightBeats + (kinds * layout.Shape.Layers * layout.Heads * layout.KvRowsRead(position)));
    }

    /// <summary>Whether a run is for a channel.</summary>
    public static bool Reads(NodeConfiguration c, int channel, RunTarget target) => target switch
    {
        RunTarget.Keys => channel < c.KvChannels,
        RunTarget.Values => channel >= c.KvChannels && channel < 2 * c.KvChannels,
        _ => true,
    };

    private static bool Holds(MemoryLayout layout, int channel, bool isValue)
    {
        var (first, count) = layout.KvChannelsOf(isValue);
        return channel >= first && channel < first + count;
    }
}
