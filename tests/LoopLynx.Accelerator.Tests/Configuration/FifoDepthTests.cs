using LoopLynx.Runtime;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Accelerator.Tests.Configuration;

/// <summary>Derived depths are enough, and one less costs cycles.</summary>
public sealed class FifoDepthTests
{
    private static readonly ModelDescription Shape = new ModelDescription(Layers: 2, QueryHeads: 8, Embed: 512, Context: 64, Vocabulary: 64, FeedForward: 2048);

    [Theory]
    [InlineData("fast", 1)]
    [InlineData("paper", 1)]
    [InlineData("paper", 4)]
    public void PrefetchIsAsDeepAsItMustBe(string preset, int nodes)
    {
        var run = new TokenRun(Shape, 0);
        var derived = Presets.Named(preset, Machine.Shape(Shape) with { Nodes = nodes }).Validated();
        long Cycles(int depth) => run.Run(derived with { PrefetchBeats = depth }, design => new CompiledEngine(design), ChannelTiming.Ideal, cancel: TestContext.Current.CancellationToken).Cycles;
        var unlimited = Cycles(4096);
        Assert.Equal(unlimited, Cycles(derived.PrefetchBeats));
        Assert.True(Cycles(derived.PrefetchBeats - derived.Columns) > unlimited);
    }

    [Fact]
    public void LinksAreAsDeepAsTheyMustBe()
    {
        // One value a cycle from four nodes: the links carry a flit in almost every cycle.
        var run = new TokenRun(Shape, 0);
        var paper = Presets.Paper(Machine.Shape(Shape) with { Nodes = 4 }).Validated();
        TokenResult Run(int depth) => run.Run(paper with { LinkDepth = depth }, design => new CompiledEngine(design), ChannelTiming.Ideal, fifos: true, cancel: TestContext.Current.CancellationToken);
        var derived = Run(0);
        Assert.Equal(Run(16).Cycles, derived.Cycles);
        Assert.True(Run(1).Cycles > derived.Cycles);
    }

    [Fact]
    public void NoFifoIsFullerThanItsDepthAndTheDerivedOnesAreUsed()
    {
        var fast = Presets.Fast(Machine.Shape(Shape)).Validated();
        var result = new TokenRun(Shape, 0).Run(fast, design => new CompiledEngine(design), ChannelTiming.Ideal, fifos: true, cancel: TestContext.Current.CancellationToken);
        Assert.All(result.Fifos, fifo => Assert.InRange(fifo.Highest, 0, fifo.Depth));
        var backlog = LatencyModel.Token(fast, 0).LargestBacklog;
        var prefetch = result.Fifos.Where(f => f.Path.EndsWith(".prefetch", StringComparison.Ordinal)).ToArray();
        Assert.Equal(fast.Channels, prefetch.Length);

        // Two row beats stand in the registers behind the memory.
        Assert.All(prefetch, fifo => Assert.InRange((fifo.Highest + 2) * fast.Columns, backlog - fast.Columns, backlog + fast.Columns));
    }
}
