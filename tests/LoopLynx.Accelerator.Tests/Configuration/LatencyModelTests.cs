using LoopLynx.Runtime;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Accelerator.Tests.Configuration;

/// <summary>The closed-form model beside the simulation of every register.</summary>
public sealed class LatencyModelTests
{
    // One layer of the large shapes: layers repeat, and the fixed parts of a token weigh the more.
    private static readonly Dictionary<string, ModelDescription> Shapes = new()
    {
        ["gpt2-345m"] = ModelDescription.Gpt2Medium with { Layers = 1, Vocabulary = 64 },
        ["gpt2-124m"] = ModelDescription.Gpt2Small with { Layers = 1, Vocabulary = 64 },
        ["shakespeare"] = ModelDescription.Shakespeare,
    };

    // Other shapes on one node count each, unless LOOPLYNX_BASELINE=all.
    private static readonly bool IsWhole = Environment.GetEnvironmentVariable("LOOPLYNX_BASELINE") == "all";

    public static TheoryData<string, string, int> Cases { get; } =
        [.. from shape in Shapes.Keys from preset in Presets.Names from nodes in NodesOf(shape, preset) select (shape, preset, nodes)];

    private static int[] NodesOf(string shape, string preset) => (shape, preset) switch
    {
        ("gpt2-124m", "u50" or "compact") => [],
        (_, "u50" or "compact") => [1],
        ("gpt2-345m", _) => [1, 2, 4],
        _ when IsWhole => [1, 2, 4],
        ("gpt2-124m", _) => [2],
        _ => [1],
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void PredictsTheSimulation(string shapeName, string preset, int nodes)
    {
        var shape = Shapes[shapeName];
        var configuration = Presets.Named(preset, Machine.Shape(shape) with { Nodes = nodes, Lanes = Presets.BeatBytes(preset) }).Validated();
        foreach (var position in shapeName == "shakespeare" ? [0, 1, 100, 255] : new[] { 0, 639 })
        {
            var result = Simulate(shape, configuration, position);
            var predicted = LatencyModel.Token(configuration, position).Cycles;
            Assert.True(result.MatchesGolden, $"position {position}");
            Assert.True(predicted == result.Cycles, $"position {position}: simulated {result.Cycles}, predicted {predicted}");
        }
    }

    public static TheoryData<string, string> Switched { get; } = [.. from preset in Presets.Names where preset is "fast" or "paper" from o in Presets.Optimisations where HasEffect(preset, o) select (preset, o.Name)];

    [Theory]
    [MemberData(nameof(Switched))]
    public void PredictsAMachineWithoutAnOptimisation(string preset, string off)
    {
        var shape = new ModelDescription(Layers: 2, QueryHeads: 4, Embed: 256, Context: 64, Vocabulary: 64, FeedForward: 1024);
        var configuration = Presets.Without(Presets.Named(preset, Machine.Shape(shape) with { Nodes = 2 }), off).Validated();
        var result = Simulate(shape, configuration, position: 40);
        var predicted = LatencyModel.Token(configuration, 40).Cycles;
        Assert.True(result.MatchesGolden);
        Assert.Equal(result.Cycles, predicted);
    }

    [Theory]
    [InlineData("fast", 1, 4, 8)]
    [InlineData("compact", 1, 4, 8)]
    [InlineData("paper", 1, 4, 8)]
    [InlineData("paper", 2, 8, 32)]
    public void PredictsHeadsThatAreWiderThanARow(string preset, int nodes, int channels, int lanes)
    {
        var shape = new ModelDescription(Layers: 2, QueryHeads: 4, Embed: 512, Context: 64, Vocabulary: 64, FeedForward: 1024);
        var configuration = Presets.Named(preset, new NodeConfiguration(shape, channels, lanes) with { Nodes = nodes }).Validated();
        Assert.True(configuration.RowsPerPosition > 1);
        foreach (var position in new[] { 0, 1, 2, 40 })
        {
            var result = Simulate(shape, configuration, position);
            Assert.True(result.MatchesGolden);
            Assert.Equal(result.Cycles, LatencyModel.Token(configuration, position).Cycles);
        }
    }

    [Fact]
    public void StagesAddUpToTheToken()
    {
        var estimate = LatencyModel.Token(Presets.Fast(Machine.Shape(ModelDescription.Gpt2Medium)), 639);
        Assert.Equal(estimate.Cycles, estimate.Steps.Sum(s => s.Cycles) + StageControl.StartLatency);
    }

    private static TokenResult Simulate(ModelDescription shape, NodeConfiguration configuration, int position) =>
        new TokenRun(shape, position).Run(configuration, design => new CompiledEngine(design), ChannelTiming.Ideal, cancel: TestContext.Current.CancellationToken);

    private static bool HasEffect(string preset, Optimisation optimisation)
    {
        var configuration = Presets.Named(preset, Machine.Shape(ModelDescription.Shakespeare) with { Nodes = 2 });
        return optimisation.Off(configuration) != configuration;
    }
}
