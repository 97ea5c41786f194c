using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Kernel;

/// <summary>Kernels on a ring, each started by its own host: every node's hidden state equals the golden model's.</summary>
public sealed class KernelRingTests
{
    [Theory]
    [InlineData("fast", 2)]
    [InlineData("u50", 3)]
    [InlineData("u50", 8)]
    public void Tokens_equal_the_golden_model(string preset, int nodes)
    {
        using var run = new KernelRun(EngineKind.Compiled, Machines.Preset(preset, nodes).Validated(), _ => ChannelTiming.Ideal);
        for (var token = 0; token < 3; token++)
        {
            run.Check(token * 11);
        }
    }

    [Theory]
    [InlineData(EngineKind.Interpreted)]
    [InlineData(EngineKind.Verilator)]
    public void Every_engine_runs_it(EngineKind kind)
    {
        using var run = new KernelRun(kind, Machines.Preset("fast", 2).Validated(), _ => ChannelTiming.Ideal);
        run.Check(5);
    }

    /// <summary>Hosts start far apart, memories and links stall, links are long: nothing of it changes a result.</summary>
    [Theory]
    [InlineData("u50", 2, 2)]
    [InlineData("paper", 4, 3)]
    public void Skewed_starts_and_stalls_change_no_result(string preset, int nodes, int seed)
    {
        var c = Machines.Preset(preset, nodes) with { LinkLatency = seed, CardLinkCycles = 60 };
        var timing = ChannelTiming.Ideal with { StallProbability = 0.2, LatencyJitter = 9 };
        using var run = new KernelRun(EngineKind.Compiled, c.Validated(), _ => timing, seed, linkStalls: 0.3);
        var random = new Random(seed);
        run.Session.Skew = _ => random.Next(4000);
        for (var token = 0; token < 5; token++)
        {
            run.Check(token * 7);
        }
    }

    [Fact]
    public void A_link_of_one_place_is_slow_and_right()
    {
        var c = Machines.Preset("fast", 4) with { RingBlock = 1, LinkDepth = 1 };
        using var run = new KernelRun(EngineKind.Compiled, c.Validated(), _ => ChannelTiming.Ideal);
        run.Check(3);
        run.Check(4);
    }
}
