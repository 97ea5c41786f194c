using LoopLynx.Runtime;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Accelerator.Tests.Configuration;

/// <summary>The closed-form model beside the simulation of every register.</summary>
public sealed class LatencyModelTests
{
    // One layer of the large shapes: layers repeat, and the fixed parts of a token weigh the more.
    private static readonly Dictionary<string, ModelShape> Shapes = new()
    {
        ["gpt2-345m"] = ModelShape.Gpt2_345M with { Layers = 1, Vocab = 64 },
        ["gpt2-124m"] = ModelShape.Gpt2_124M with { Layers = 1, Vocab = 64 },
        ["shakespeare"] = ModelShape.Shakespeare,
    };

    public static TheoryData<string, string, int> Cases { get; } = [.. from shape in Shapes.Keys from preset in Presets.Names from nodes in new[] { 1, 2, 4 } select (shape, preset, nodes)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void PredictsTheSimulation(string shapeName, string preset, int nodes)
    {
        var shape = Shapes[shapeName];
        var configuration = Presets.Named(preset, Machine.Shape(shape) with { Nodes = nodes }).Validated();
        foreach (var position in shapeName == "shakespeare" ? [0, 1, 100, 255] : new[] { 0, 639 })
        {
            var result = new TokenRun(shape, position).Run(configuration, design => new CompiledEngine(design), ChannelTiming.Ideal, cancel: TestContext.Current.CancellationToken);
            var predicted = LatencyModel.Token(configuration, position).Cycles;
            Assert.True(result.MatchesGolden, $"position {position}");
            Assert.True(Math.Abs(predicted - result.Cycles) <= (shapeName == "shakespeare" ? result.Cycles * 3 / 1000 : 0), $"position {position}: simulated {result.Cycles}, predicted {predicted}");
        }
    }

    public static TheoryData<string, string> Switched { get; } = [.. from preset in Presets.Names from o in Presets.Optimisations where HasEffect(preset, o) select (preset, o.Name)];

    [Theory]
    [MemberData(nameof(Switched))]
    public void PredictsAMachineWithoutAnOptimisation(string preset, string off)
    {
        var shape = new ModelShape(Layers: 2, Heads: 4, Embed: 256, Context: 64, Vocab: 64, FeedForward: 1024);
        var configuration = Presets.Without(Presets.Named(preset, Machine.Shape(shape) with { Nodes = 2 }), off).Validated();
        var result = new TokenRun(shape, 40).Run(configuration, design => new CompiledEngine(design), ChannelTiming.Ideal, cancel: TestContext.Current.CancellationToken);
        var predicted = LatencyModel.Token(configuration, 40).Cycles;
        Assert.True(result.MatchesGolden);
        Assert.True(Math.Abs(predicted - result.Cycles) <= result.Cycles / 100, $"simulated {result.Cycles}, predicted {predicted}");
    }

    [Fact]
    public void StagesAddUpToTheToken()
    {
        var estimate = LatencyModel.Token(Presets.Fast(Machine.Shape(ModelShape.Gpt2_345M)), 639);
        Assert.Equal(estimate.Cycles, estimate.Stages.Values.Sum() + 1);
    }

    private static bool HasEffect(string preset, Optimisation optimisation)
    {
        var configuration = Presets.Named(preset, Machine.Shape(ModelShape.Shakespeare) with { Nodes = 2 });
        return optimisation.Off(configuration) != configuration;
    }
}
