using LoopLynx.Sim.Compiled;
using LoopLynx.Testing;
using LoopLynx.Verilator;

namespace LoopLynx.Hdl.Tests.Documentation.Guide;

public class CosimulationTests
{
    [Fact]
    public void The_Verilog_agrees_in_every_cycle()
    {
        var design = Elaborator.Elaborate(new MovingSum(window: 4));
        using var both = new LockstepEngine(new CompiledEngine(design), new VerilatorEngine(design));
        RunSamples(both);

        Assert.True(both.Mismatches == 0, $"{both.FirstMismatch}");
        Assert.True(both.CyclesCompared > 300);
    }

    internal static LockstepMismatch? RunBroken()
    {
        var design = Elaborator.Elaborate(new MovingSum(window: 4));
        var broken = new VerilatorOptions { Change = file => file with { Text = file.Text.Replace("assign Sums_data = stage_data;", "assign Sums_data = stage_data & 10'd511;") } };
        using var both = new LockstepEngine(new CompiledEngine(design), new VerilatorEngine(design, broken));
        RunSamples(both);
        return both.FirstMismatch;
    }

    private static void RunSamples(LockstepEngine both)
    {
        var random = new Random(1);
        var bench = new Bench(both);
        bench.Feed("Samples", Enumerable.Range(0, 200).Select(_ => Beat.Of(random.Next(-128, 128))), stallPercent: 30);
        bench.Collect("Sums", count: 200, stallPercent: 30);
        bench.RunToEnd();
    }
}
