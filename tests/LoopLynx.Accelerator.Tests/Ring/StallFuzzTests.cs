namespace LoopLynx.Accelerator.Tests.Ring;

/// <summary>Over a thousand seeds of random stalls on every stream: host, every memory channel, every link. The hidden states are the golden model's, whatever waits for whatever.</summary>
public class StallFuzzTests
{
    /// <summary>The least of everything that still has two layers and four heads to share.</summary>
    private static readonly NodeConfiguration Tiny = new(Layers: 2, Heads: 4, Embed: 16, FeedForward: 16, Context: 8, Channels: 2, Lanes: 4);

    [Theory]
    [InlineData("fast", 1, 200)]
    [InlineData("paper", 1, 140)]
    [InlineData("fast", 2, 200)]
    [InlineData("paper", 2, 140)]
    [InlineData("compact", 2, 140)]
    [InlineData("fast", 4, 200)]
    [InlineData("paper", 4, 140)]
    public void Hidden_states_and_memory_are_golden_under_any_stalls(string preset, int nodes, int seeds)
    {
        Fuzz(Presets.Named(preset, Tiny with { Nodes = nodes }) with { PrefetchBeats = 32, LinkDepth = nodes == 4 ? 1 : 2, LinkLatency = nodes == 4 ? 0 : 1 }, seeds);
    }

    [Fact]
    public void Packets_may_wait_for_the_whole_stage() =>
        Fuzz(Presets.Fast(Tiny with { Nodes = 4 }) with { PrefetchBeats = 32, LinkDepth = 1, TransmissionHiding = false, LocalQkv = false, FusedNorm = false, HeadPipeline = false }, seeds: 50);

    [Fact]
    public void Three_nodes_forward_whole_rounds() =>
        Fuzz(Presets.Paper(Tiny with { Heads = 3, Embed = 12, FeedForward = 24, Nodes = 3 }) with { PrefetchBeats = 32, LinkDepth = 1, RingBlock = 4, FusedNorm = false }, seeds: 50);

    private static void Fuzz(NodeConfiguration configuration, int seeds)
    {
        // As many seeds of every machine, for a longer run.
        seeds = int.TryParse(Environment.GetEnvironmentVariable("LOOPLYNX_STALL_SEEDS"), out var wanted) ? wanted : seeds;
        using var machine = new FuzzedMachine(configuration);
        for (var seed = 0; seed < seeds; seed++)
        {
            var wrong = machine.Run(seed);
            Assert.True(wrong is null, wrong);
        }

        Assert.True(machine.Cycles > 1_000L * seeds, $"{seeds} seeds took {machine.Cycles} cycles: too few for two tokens each");
    }
}
