using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Node;

/// <summary>The results don't depend on when memory answers.</summary>
public class StallTests
{
    private const int Tokens = 4;

    [Theory]
    [InlineData(nameof(Small.Equal), 32)]
    [InlineData(nameof(Small.Equal), 64)]
    [InlineData(nameof(Small.Narrow), 32)]
    [InlineData(nameof(Small.Wide), 64)]
    [InlineData("NarrowShared", 32)]
    [InlineData("WideShared", 64)]
    public void Hidden_states_are_the_same_under_random_stalls_and_latencies(string name, int prefetchBeats)
    {
        var c = Small.Named(name) with { PrefetchBeats = prefetchBeats };
        using var engine = Engines.Create(EngineKind.Compiled, c);
        foreach (var (stall, jitter, seed) in new[] { (0.3, 0, 1), (0.3, 100, 2), (0.6, 40, 3), (0.9, 0, 4), (0.9, 200, 5) })
        {
            var run = new NodeRun(engine, c, new("random", 20) { StallProbability = stall, LatencyJitter = jitter }, seed);
            for (var token = 0; token < Tokens; token++)
            {
                run.Check(token + seed);
            }
        }
    }

    [Theory]
    [InlineData(nameof(Small.Equal))]
    [InlineData(nameof(Small.OneChannel))]
    public void The_cards_memory_changes_cycles_and_nothing_else(string name)
    {
        var c = Small.Named(name);
        using var engine = Engines.Create(EngineKind.Compiled, c);
        long[] cycles = [.. new[] { ChannelTiming.Ideal, ChannelTiming.Hbm }.Select(timing =>
        {
            var run = new NodeRun(engine, c, timing);
            for (var token = 0; token < Tokens; token++)
            {
                run.Check(token);
            }

            return run.Cycles;
        })];
        Assert.NotEqual(cycles[0], cycles[1]);
    }
}
