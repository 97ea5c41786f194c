namespace LoopLynx.Accelerator.Tests.Support;

/// <summary>How many beats each channel delivers for a token: an ideal machine reads each of them once, and nothing else.</summary>
internal static class ReadPlan
{
    /// <summary>Memory beats of a node's channel for the token at a position: weights, and keys and values where the channel holds them.</summary>
    public static long Beats(NodeConfiguration c, MemoryMap map, int channel, int position)
    {
        var kinds = new[] { false, true }.Count(isValue => Holds(map, channel, isValue));
        return c.Columns * (map.WeightBeats + (kinds * map.Cache.Layers * map.Cache.Heads * map.Cache.RowsRead(position)));
    }

    /// <summary>Whether a run is for a channel.</summary>
    public static bool Reads(NodeConfiguration c, int channel, RunTarget target) => target switch
    {
        RunTarget.Keys => channel < c.KvChannels,
        RunTarget.Values => channel >= c.KvChannels && channel < 2 * c.KvChannels,
        _ => true,
    };

    private static bool Holds(MemoryMap map, int channel, bool isValue)
    {
        var (first, count) = map.Machine.KvChannelsOf(isValue);
        return channel >= first && channel < first + count;
    }
}
