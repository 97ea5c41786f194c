using LoopLynx.Runtime;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Accelerator.Tests.Hbm;

/// <summary>Tokens of the card's machine with the card's memory: the closed-form model beside the simulation, the roofline, and the limit of the rail.</summary>
public sealed class HbmTokenTests
{
    private const int Clock = 300;

    // Layers repeat, and the fixed parts of a token weigh the more; LOOPLYNX_BASELINE=all simulates the whole model at each position.
    private static readonly bool IsWhole = Environment.GetEnvironmentVariable("LOOPLYNX_BASELINE") == "all";
    private static readonly ModelDescription Shape = ModelDescription.Gpt2Medium with { Layers = IsWhole ? 24 : 3, Vocabulary = 64 };

    [Theory]
    [InlineData(1, 64, 0, 1, 639, 1023)]
    [InlineData(1, 128, 639)]
    [InlineData(2, 64, 639)]
    [InlineData(2, 128, 0)]
    [InlineData(4, 64, 639)]
    [InlineData(4, 128, 1)]
    public void TheModelIsWithinHalfAPercent(int nodes, int latency, params int[] some)
    {
        var card = HbmTiming.U50.WithIdleCycles(latency);
        var configuration = Card(nodes);
        foreach (var position in IsWhole ? [0, 1, 639, 1023] : some)
        {
            var result = Simulate(configuration, position, card);
            Assert.True(result.MatchesGolden, $"position {position}");
            var error = ((double)result.ModelCycles / result.Cycles) - 1;
            Assert.True(Math.Abs(error) <= 0.005, $"position {position}: simulated {result.Cycles}, predicted {result.ModelCycles}: {error:P2}");
            var milliseconds = result.Cycles / (Clock * 1000.0);
            Assert.InRange(CardPace.RooflineMs(card, configuration, position) / milliseconds, 0.9, 1.0);
            Assert.InRange(result.PeakGBps!.Value, 50, 201 * 1.01);
        }
    }

    /// <summary>Two nodes that nobody paces move 212 GB/s, and the card would reset.</summary>
    [Fact]
    public void TwoNodesWithoutPacingBreakTheRail()
    {
        var error = Assert.Throws<LoopLynx.Sim.SimulationException>(() => Simulate(Card(2) with { PacesReads = false }, 639, HbmTiming.U50));
        Assert.StartsWith("card 0 has moved 2", error.Message, StringComparison.Ordinal);
    }

    private static NodeConfiguration Card(int nodes)
    {
        var machine = Machine.Shape(Shape) with { Nodes = nodes, Lanes = Presets.BeatBytes("u50") };
        return Presets.U50(CardRing.OnCards(machine, nodes > 2 ? SerialLink.Named("aurora").Cycles(Clock) : 0)).Validated();
    }

    private static TokenResult Simulate(NodeConfiguration configuration, int position, HbmTiming card) =>
        new TokenRun(Shape, position, TestContext.Current.CancellationToken).Run(
            configuration, design => new CompiledEngine(design), ChannelTiming.Of(card), cancel: TestContext.Current.CancellationToken);
}
