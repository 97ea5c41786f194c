using LoopLynx.Accelerator;
using LoopLynx.Contract;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Host;
using LoopLynx.Runtime;
using LoopLynx.Sim;
using LoopLynx.Sim.Compiled;
using LoopLynx.Verilator;

namespace LoopLynx.Cli.Tests;

/// <summary>The emitted Verilog in lock-step with the C# simulation.</summary>
public sealed class CosimTests
{
    private static readonly ModelDescription Shape = new(1, 2, 16, 16, 32, 64);

    private static readonly NodeConfiguration Node = (Machine.Shape(Shape) with { Channels = 2, Lanes = 4 }).Validated();

    private static NodeConfiguration Ring(string preset) => Presets.Named(preset, Machine.Shape(Shape) with { Channels = 2, Lanes = 4, Nodes = 2 }).Validated();

    [Fact]
    public async Task Every_port_is_equal_in_every_cycle()
    {
        var result = await CliResult.Run("cosim", "--tokens", "1", "--json");
        Assert.Equal(0, result.ExitCode);
        var json = result.Json;
        Assert.Equal(0, json.GetProperty("mismatches").GetInt64());
        Assert.True(json.GetProperty("matchesGolden").GetBoolean());
        Assert.True(json.GetProperty("cyclesCompared").GetInt64() > 20_000);
        Assert.InRange(json.GetProperty("signalsCompared").GetInt32(), 100, 1000);
    }

    /// <summary>Control registers, memory ports, interrupt, the ring's streams: of two kernels.</summary>
    [Fact]
    public async Task Every_port_of_the_kernels_is_equal_in_every_cycle()
    {
        var result = await CliResult.Run("cosim", "--kernel", "--nodes", "2", "--preset", "u50", "--prompt", "R", "--tokens", "1", "--json");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(0, result.Json.GetProperty("mismatches").GetInt64());
        Assert.True(result.Json.GetProperty("matchesGolden").GetBoolean());
        Assert.True(result.Json.GetProperty("cyclesCompared").GetInt64() > 3000);
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("paper")]
    public void A_ring_is_equal_in_every_cycle(string preset)
    {
        var lockstep = Compare(Ring(preset), null, out var difference);
        Assert.Equal(0, lockstep.Mismatches);
        Assert.Null(difference);
        Assert.True(lockstep.CyclesCompared > 500);
    }

    [Theory]
    [InlineData("source of what is received", "? ahead[0] :", "? ~ahead[0] :")]
    [InlineData("place of a node's results", "before_ <= source ?", "before_ <= 1'b1 ?")]
    public void A_broken_ring_offset_is_caught(string what, string from, string to)
    {
        var lockstep = Compare(Ring("fast"), f => f.Name == "Router.v" ? f with { Text = BreakOnce(f.Text, from, to) } : f, out var difference);
        Assert.True(lockstep.Mismatches > 0, $"the broken {what} isn't seen");
        Assert.NotNull(lockstep.FirstMismatch);
        Assert.Null(difference);
    }

    [Theory]
    [InlineData("? ahead[0] :", "? ~ahead[0] :")]
    [InlineData("before_ <= source ?", "before_ <= 1'b1 ?")]
    public void The_golden_model_catches_a_broken_ring_offset_too(string from, string to)
    {
        Assert.Null(RunAlone(Ring("fast"), null));
        var difference = RunAlone(Ring("fast"), f => f.Name == "Router.v" ? f with { Text = BreakOnce(f.Text, from, to) } : f);
        Assert.StartsWith("position 0, hidden value ", difference);
    }

    [Theory]
    [InlineData("RequantiseUnit.v", ">>> fine", ">> fine")]
    [InlineData("DotProduct.v", " * ", " + ")]
    public void A_broken_design_is_caught_with_cycle_and_signal(string file, string from, string to)
    {
        var lockstep = Compare(Node, f => f.Name == file ? f with { Text = BreakOnce(f.Text, from, to) } : f, out var difference);
        Assert.True(lockstep.Mismatches > 0);
        Assert.NotNull(lockstep.FirstMismatch);
        Assert.Contains("cycle", lockstep.FirstMismatch.ToString());
        Assert.Null(difference);
    }

    [Fact]
    public void The_same_comparison_passes_unbroken()
    {
        var lockstep = Compare(Node, null, out var difference);
        Assert.Equal(0, lockstep.Mismatches);
        Assert.Null(difference);
        Assert.True(lockstep.CyclesCompared > 500);
    }

    private static string BreakOnce(string text, string from, string to)
    {
        var at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, $"the text to break, '{from}', is not in the file");
        return text[..at] + to + text[(at + from.Length)..];
    }

    /// <summary>Runs two tokens on the compiled and the Verilated design; the reference side's results go on, so the run always ends.</summary>
    private static LockstepEngine Compare(NodeConfiguration configuration, Func<Gen.VerilogFile, Gen.VerilogFile>? change, out string? difference)
    {
        var design = Machine.Elaborate(configuration);
        var lockstep = new LockstepEngine(new CompiledEngine(design), Verilated(design, change));
        difference = Generate(configuration, lockstep);
        return lockstep;
    }

    /// <summary>Runs two tokens on the Verilated design; where it differs from the golden model.</summary>
    private static string? RunAlone(NodeConfiguration configuration, Func<Gen.VerilogFile, Gen.VerilogFile>? change) =>
        Generate(configuration, Verilated(Machine.Elaborate(configuration), change));

    private static VerilatorEngine Verilated(Design design, Func<Gen.VerilogFile, Gen.VerilogFile>? change) =>
        new(design, new VerilatorOptions { Change = change, CompilerFlags = ["-O1"] });

    private static string? Generate(NodeConfiguration configuration, IEngine engine)
    {
        var model = SyntheticModel.Create(Shape, 3);
        using var session = new NodeSession(engine, configuration, Machine.BuildMemory(model, Machine.Map(configuration)), ChannelTiming.Ideal);
        return new Generation(model, session, new Sampler()).Run([1, 2], 2, null, check: true, CancellationToken.None).FirstDifference;
    }
}
