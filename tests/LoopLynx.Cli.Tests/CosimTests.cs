using LoopLynx.Accelerator;
using LoopLynx.Cli.Simulation;
using LoopLynx.Hdl;
using LoopLynx.Host;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Memory;
using LoopLynx.Verilator;

namespace LoopLynx.Cli.Tests;

/// <summary>The emitted Verilog in lock-step with the C# simulation.</summary>
public sealed class CosimTests
{
    private static readonly ModelShape Shape = new(1, 2, 16, 16, 32, 64);

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

    [Theory]
    [InlineData("RequantiseUnit.v", ">>> shifted_state", ">> shifted_state")]
    [InlineData("MatrixSlice.v", " * ", " + ")]
    public void A_broken_design_is_caught_with_cycle_and_signal(string file, string from, string to)
    {
        var lockstep = Compare(f => f.Name == file ? f with { Text = BreakOnce(f.Text, from, to) } : f, out var difference);
        Assert.True(lockstep.Mismatches > 0);
        Assert.NotNull(lockstep.FirstMismatch);
        Assert.Contains("cycle", lockstep.FirstMismatch.ToString());
        Assert.Null(difference);
    }

    [Fact]
    public void The_same_comparison_passes_unbroken()
    {
        var lockstep = Compare(null, out var difference);
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
    private static LockstepEngine Compare(Func<Gen.VerilogFile, Gen.VerilogFile>? change, out string? difference)
    {
        var configuration = new NodeConfiguration(Shape.Layers, Shape.Heads, Shape.Embed, Shape.FeedForward, Shape.Context, 2, 4).Validated();
        var design = Elaborator.Elaborate(new LoopLynxNode(configuration));
        var model = SyntheticModel.Create(Shape, 3);
        var lockstep = new LockstepEngine(new CompiledEngine(design), new VerilatorEngine(design, new VerilatorOptions { Change = change, CompilerFlags = ["-O1"] }));
        using var session = new NodeSession(lockstep, configuration, MemoryImage.Build(model, new MemoryLayout(Shape, 2, 4)), ChannelTiming.Ideal);
        var result = new Generation(model, session, new Sampler()).Run([1, 2], 2, null, check: true, CancellationToken.None);
        difference = result.FirstDifference;
        return lockstep;
    }
}
