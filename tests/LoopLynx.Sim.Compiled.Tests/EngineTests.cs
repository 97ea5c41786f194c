using System.Numerics;
using LoopLynx.Fuzz;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled.Tests.Designs;

namespace LoopLynx.Sim.Compiled.Tests;

/// <summary>What the engine promises besides values: claims, cycles, names, life time.</summary>
public class EngineTests
{
    private static Design Counter { get; } = Elaborator.Elaborate(new Guarded(5));

    [Fact]
    public void A_failed_claim_stops_a_run_before_its_edge()
    {
        using var engine = new CompiledEngine(Counter);
        engine.Poke("Enable", 1);
        var failure = Assert.Throws<AssertionFailedException>(() => engine.Run(100));
        Assert.Equal(5, failure.Cycle);
        Assert.Equal(5, engine.Cycle);
        Assert.Contains("below its limit", failure.Message);
        engine.Settle();
        Assert.Equal(5, engine.Peek("Count"));
        Assert.Throws<AssertionFailedException>(engine.Tick);
        Assert.Throws<AssertionFailedException>(() => engine.Tick(ClockDomain.Default));
    }

    [Fact]
    public void Claims_are_not_checked_in_reset_or_when_turned_off()
    {
        using var unchecked_ = new CompiledEngine(Counter, new CompiledOptions { CheckAssertions = false });
        unchecked_.Poke("Enable", 1);
        unchecked_.Run(100);
        Assert.Equal(100, unchecked_.PeekNet("count")[0]);

        using var engine = new CompiledEngine(Counter);
        engine.Write(engine.Layout.Offset(engine.Layout.Flat.Registers.Single()), [9]);
        engine.Reset(ClockDomain.Default, true);
        engine.Tick();
        Assert.Equal(0, engine.PeekNet("count")[0]);
    }

    [Fact]
    public void Inner_nets_are_evaluated_on_demand()
    {
        using var engine = new CompiledEngine(Counter);
        engine.Poke("Enable", 1);
        engine.Run(3);
        Assert.Equal(6, engine.PeekNet("twice")[0]);
        Assert.Throws<SimulationException>(() => engine.PeekNet("thrice"));
    }

    [Fact]
    public void Two_engines_of_one_design_are_independent()
    {
        using var first = new CompiledEngine(Counter);
        var second = new CompiledEngine(Counter);
        first.Poke("Enable", 1);
        first.Run(2);
        second.Run(2);
        Assert.Equal((BigInteger)2, first.PeekNet("count")[0]);
        Assert.Equal(BigInteger.Zero, second.PeekNet("count")[0]);
        second.Dispose();
        Assert.Throws<ObjectDisposedException>(second.Tick);
        first.Run(1);
        Assert.Equal((BigInteger)3, first.PeekNet("count")[0]);
    }

    [Fact]
    public void A_cycle_allocates_nothing()
    {
        using var engine = new CompiledEngine(Elaborator.Elaborate(new MacArray(64, 16)));
        engine.Run(10);

        // The runtime may allocate something once, when it finds the loop hot.
        Cycles(engine);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Cycles(engine);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        static void Cycles(CompiledEngine engine)
        {
            for (var i = 0; i < 100_000; i++)
            {
                engine.Settle();
                engine.Tick();
            }
        }
    }

    [Fact]
    public void Mac_arrays_agree_with_the_interpreter()
    {
        foreach (var (name, options) in OptionSets.All)
        {
            Lockstep.Check(Elaborator.Elaborate(new MacArray(64, 16)), options, 40, name);
        }
    }

    [Fact]
    public void A_mac_array_is_compiled_to_vector_code_without_copies()
    {
        using var engine = new CompiledEngine(Elaborator.Elaborate(new MacArray(256, 32)), new CompiledOptions { VectorBits = 256 });
        Assert.Contains("Vector256", engine.Source);
        Assert.True(engine.Statistics.Lines < 150, $"{engine.Statistics.Lines} lines");
    }
}
