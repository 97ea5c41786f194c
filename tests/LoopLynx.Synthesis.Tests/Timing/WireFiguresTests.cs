using LoopLynx.Synthesis.Cells;
using LoopLynx.Synthesis.Timing;

namespace LoopLynx.Synthesis.Tests.Timing;

/// <summary>The tables of wire delays, and the data file that holds them.</summary>
public sealed class WireFiguresTests
{
    private static readonly TimingData Data = TimingData.Default;

    private static double Delay(string model, int loads, WireKind kind = WireKind.Fabric) => new WireModel(Data.Wires.First(w => w.Name == model), Data).Delay(loads, kind);

    [Theory]
    [InlineData("typical", 1, 0.28)]
    [InlineData("typical", 8, 0.50)]
    [InlineData("typical", 64, 0.80)]
    [InlineData("typical", 1024, 1.65)]
    [InlineData("typical", 4096, 2.2)]
    [InlineData("typical", 2, 0.28 + (0.22 / 3))]
    [InlineData("typical", 256, 0.80 + (0.85 / 2))]
    [InlineData("typical", 8192, 2.2 + (0.55 / 2))]
    [InlineData("ideal", 1, 0.20)]
    [InlineData("ideal", 4096, 0.64)]
    [InlineData("spread", 8, 0.50)]
    public void Delays_go_by_the_logarithm_of_the_loads(string model, int loads, double ns) => Assert.Equal(ns, Delay(model, loads), 9);

    [Theory]
    [InlineData("spread", 1, WireKind.BetweenKernels, 1.0)]
    [InlineData("spread", 1024, WireKind.BetweenKernels, 1.65)]
    [InlineData("spread", 1, WireKind.AtPort, 1.5)]
    [InlineData("typical", 1, WireKind.BetweenKernels, 0.28)]
    [InlineData("typical", 1, WireKind.Site, 0)]
    public void Nets_between_kernels_and_at_ports_have_a_least_delay(string model, int loads, WireKind kind, double ns) => Assert.Equal(ns, Delay(model, loads, kind), 9);

    [Fact]
    public void A_figure_without_a_source_is_refused() => Assert.Contains("'lut.i0' of the timing data names the source 'rumour'", Assert.Throws<SynthesisException>(() => TimingData.Parse("""
        { "name": "n", "sources": {}, "uncertaintyNs": 0.1, "wires": [], "figures": { "lut.i0": { "ns": 0.1, "source": "rumour" } } }
        """)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_figure_that_isnt_there_is_an_error() => Assert.Contains("no figure 'lut.i9'", Assert.Throws<SynthesisException>(() => Data["lut.i9"]).Message, StringComparison.Ordinal);
}
