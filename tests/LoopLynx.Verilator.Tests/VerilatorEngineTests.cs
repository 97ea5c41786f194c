using System.Numerics;
using LoopLynx.Fuzz.Designs;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;

namespace LoopLynx.Verilator.Tests;

/// <summary>The Verilated model as an engine: ports, clocks, instances, errors.</summary>
public class VerilatorEngineTests
{
    [Fact]
    public void Every_shape_of_port_carries_every_value()
    {
        using var engine = new VerilatorEngine(Elaborator.Elaborate(new PortDesign()), QuickBuild.Options);
        var random = new Random(1);
        for (var cycle = 0; cycle < 200; cycle++)
        {
            RandomTypes.PokeAll(random, engine);
            engine.Tick();
            engine.Settle();
            foreach (var (input, output) in PortDesign.Pairs)
            {
                Assert.True(engine.PeekLanes(input).SequenceEqual(engine.PeekLanes(output)), $"cycle {cycle}: {output}");
            }
        }

        Assert.Equal<BigInteger>(engine.PeekLanes("M5"), engine.PeekNet("M5"));
        Assert.Contains("keeps only the ports", Assert.Throws<SimulationException>(() => engine.PeekNet("u.x")).Message);
    }

    [Fact]
    public void Domains_tick_alone_and_together()
    {
        using var engine = new VerilatorEngine(Elaborator.ElaborateUnchecked(new ClockDesign()), QuickBuild.Options);
        Expect(engine, 7, 0);
        engine.Tick(ClockDomain.Default);
        engine.Tick(ClockDomain.Default);
        Expect(engine, 9, 0);
        engine.Tick(ClockDesign.Slow);
        Expect(engine, 9, 9);
        engine.Tick();
        Expect(engine, 10, 9);
        engine.Reset(ClockDomain.Default, true);
        engine.Tick();
        Expect(engine, 7, 10);
        Assert.Equal(5, engine.Cycle);
    }

    [Fact]
    public void Engines_of_one_library_are_independent_and_the_last_one_unloads_it()
    {
        var design = Elaborator.ElaborateUnchecked(new ClockDesign());
        var first = new VerilatorEngine(design, QuickBuild.Options);
        var second = new VerilatorEngine(design, QuickBuild.Options);
        Assert.True(second.Model.FromCache);
        Assert.Equal(first.Model.Library, second.Model.Library);
        Assert.True(second.BuildSeconds > 0);
        Assert.StartsWith("Verilator ", second.Version);
        first.Run(3);
        Expect(second, 7, 0);
        Expect(first, 10, 9);
        first.Dispose();
        first.Dispose();
        second.Run(1);
        Expect(second, 8, 7);
        Assert.Throws<ObjectDisposedException>(first.Tick);
        second.Dispose();
        Assert.DoesNotContain(second.Model.Library, File.ReadAllText("/proc/self/maps"));
    }

    [Fact]
    public void Threads_run_the_same_model()
    {
        using var engine = new VerilatorEngine(Elaborator.ElaborateUnchecked(new ClockDesign()), QuickBuild.Options with { Threads = 2 });
        engine.Run(5);
        Expect(engine, 12, 11);
    }

    [Fact]
    public void A_false_assertion_ends_the_call_and_not_the_process()
    {
        using var engine = new VerilatorEngine(Elaborator.ElaborateUnchecked(new ClockDesign()), QuickBuild.Options with { Flags = ["+define+SIMULATION"] });
        Assert.Contains("$stop", Assert.Throws<SimulationException>(() => engine.Run(100)).Message);
    }

    [Fact]
    public void Broken_Verilog_is_reported_with_the_first_error_and_the_log()
    {
        var options = QuickBuild.Options with { Change = file => file with { Text = file.Text.Replace("endmodule", "wire x = nonsense;\nendmodule") } };
        var error = Assert.Throws<SimulationException>(() => new VerilatorEngine(Elaborator.ElaborateUnchecked(new ClockDesign()), options));
        Assert.StartsWith("verilator failed: %Error: ClockDesign.v:", error.Message);
        Assert.Contains("'nonsense'", error.Message);
        Assert.DoesNotContain('\n', error.Message);
        var log = error.Message[(error.Message.IndexOf("(log: ", StringComparison.Ordinal) + 6)..^1];
        Assert.Contains("nonsense", File.ReadAllText(log));
        File.Delete(log);
    }

    private static void Expect(VerilatorEngine engine, int fast, int late)
    {
        engine.Settle();
        Assert.Equal((fast, late), ((int)engine.Peek("Fast"), (int)engine.Peek("Late")));
    }
}
