namespace LoopLynx.Accelerator.Tests.Support;

/// <summary>Configurations drawn from all that the rules allow, the smallest sizes more often than a person would choose them.</summary>
internal static class RandomConfigurations
{
    public static IEnumerable<NodeConfiguration> Draw(int seed, int count, int widestEmbed)
    {
        var random = new Random(seed);
        for (var drawn = 0; drawn < count;)
        {
            var (heads, headDim) = (random.Pick(1, 2, 3, 4, 6, 8), random.Pick(1, 2, 4, 8, 16, 32, 64, 128));
            var channels = random.Pick(1, 2, 4, 8);
            var candidate = new NodeConfiguration(
                Layers: random.Pick(1, 2, 3), Heads: heads, Embed: heads * headDim, FeedForward: random.Pick(4, 8, 16, 24, 32, 48, 64, 96, 128, 256), Context: random.Pick(2, 3, 4, 16, 17, 64),
                Channels: channels, Lanes: random.Pick(4, 8, 16, 32))
            {
                Nodes = random.Pick(1, 1, 2, 3, 4, 6, 8),
                Columns = random.Pick(1, 1, 2, 4, 8),
                WriteBackLanes = random.Pick(0, 0, 1, 2, channels),
                KvChannels = random.Pick(0, 0, 1, 2, 4),
                RunAhead = random.Pick(true, false),
                HeadPipeline = random.Pick(true, false),
                FusedNorm = random.Pick(true, false),
                TransmissionHiding = random.Pick(true, false),
                LocalQkv = random.Pick(true, false),
                PrefetchBeats = random.Pick(32, 33, 64),
                PrefetchStyle = random.Pick(MemoryStyle.Distributed, MemoryStyle.Block, MemoryStyle.Ultra),
                LinkDepth = random.Pick(1, 2, 3, 8),
                LinkLatency = random.Pick(0, 1, 2, 5),
                RingBlock = random.Pick(1, 2, 3, 4, 8),
            };
            if (candidate.Embed <= widestEmbed && IsAllowed(candidate))
            {
                drawn++;
                yield return candidate;
            }
        }
    }

    private static bool IsAllowed(NodeConfiguration configuration)
    {
        try
        {
            configuration.Validated();
            return true;
        }
        catch (ConfigurationException)
        {
            return false;
        }
    }
}
