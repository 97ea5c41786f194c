using LoopLynx.Hdl;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Tests.Support;
using LoopLynx.Sim.Waves;

namespace LoopLynx.Sim.Tests.Waves;

/// <summary>A VCD file read back has the engine's values.</summary>
public class VcdWriterTests
{
    [Fact]
    public void Every_cycle_reads_back()
    {
        using var plain = Start();
        var file = Record(cycles: 20, new WaveOptions());
        for (var cycle = 0; cycle <= 20; cycle++)
        {
            var time = cycle * VcdWriter.CycleTime;
            var sum = plain.PeekNet("child.sum");
            for (var lane = 0; lane < 3; lane++)
            {
                Assert.Equal(sum[lane] & 0xff, file.At($"WaveDesign.child.sum.lane{lane}", time));
            }

            Assert.Equal(plain.PeekNet("Wide")[0], file.At("WaveDesign.Wide", time));
            Assert.Equal(plain.PeekNet("child.positive")[0], file.At("WaveDesign.child.positive", time));
            Assert.Equal(NodeBits(plain), file.At("WaveDesign.Packed", time));
            plain.Tick();
        }
    }

    [Fact]
    public void Clocks_rise_with_the_cycle_and_fall_in_its_middle()
    {
        var file = Record(cycles: 3, new WaveOptions());
        Assert.Equal([0, 5, 10, 15, 20, 25, 30, 35], file.Changes("WaveDesign.clk"));
        Assert.Equal(1, file.At("WaveDesign.clk", 10));
        Assert.Equal(0, file.At("WaveDesign.clk", 15));
        Assert.Equal([0], file.Changes("WaveDesign.rst"));
    }

    [Fact]
    public void Only_changes_are_written()
    {
        var file = Record(cycles: 20, new WaveOptions());
        Assert.Equal([0], file.Changes("WaveDesign.Step.lane0"));
        Assert.Equal([0, 10], file.Changes("WaveDesign.child.positive"));
    }

    [Fact]
    public void A_window_starts_and_ends_at_its_cycles()
    {
        var file = Record(cycles: 20, new WaveOptions { FirstCycle = 5, LastCycle = 7 });
        Assert.Equal([50, 55, 60, 65, 70, 75], file.Changes("WaveDesign.clk"));
    }

    [Fact]
    public void Nets_are_chosen_by_path()
    {
        var file = Record(cycles: 1, new WaveOptions { Include = path => path.StartsWith("child.", StringComparison.Ordinal), MaxLaneVariables = 1 });
        Assert.Equal(["WaveDesign.clk", "WaveDesign.rst", "WaveDesign.child.Step", "WaveDesign.child.Total", "WaveDesign.child.positive", "WaveDesign.child.sum", "WaveDesign.child.unused_flag"], file.Names);
    }

    private static VcdFile Record(int cycles, WaveOptions options)
    {
        var text = new StringWriter();
        var engine = Start();
        using (var waves = new WaveEngine(engine, new VcdWriter(engine, text, options)))
        {
            waves.Run(cycles);
        }

        return new VcdFile(text.ToString());
    }

    private static InterpretedEngine Start()
    {
        var engine = new InterpretedEngine(Elaborator.Elaborate(new WaveDesign()));
        engine.PokeLanes("Step", [1, 2, 3]);
        return engine;
    }

    private static System.Numerics.BigInteger NodeBits(InterpretedEngine engine) =>
        engine.PeekNet("Packed").Reverse().Aggregate(System.Numerics.BigInteger.Zero, (bits, lane) => (bits << 2) | lane);
}
