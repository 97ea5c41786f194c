using System.Numerics;
using LoopLynx.Fuzz.Designs;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Interpreted;

namespace LoopLynx.Verilator.Tests;

/// <summary>The emitted Verilog against the interpreted engine, cycle by cycle; and that a difference is noticed.</summary>
public class LockstepTests
{
    private const int Cycles = 60;

    [Theory]
    [InlineData(1, 70)]
    [InlineData(2, 70)]
    [InlineData(3, 70)]
    [InlineData(4, 120)]
    public void Random_designs_agree(int seed, int steps)
    {
        using var lockstep = Run(new RandomModule(seed, steps), QuickBuild.Options, seed);
        Assert.True(lockstep.Mismatches == 0, $"seed {seed}: {lockstep.FirstMismatch}");
        Assert.Equal(Cycles, lockstep.CyclesCompared);
        Assert.Equal(12, lockstep.SignalsCompared);
    }

    [Fact]
    public void Broken_RTL_is_noticed_with_the_cycle_and_both_values()
    {
        var change = QuickBuild.Options with { Change = file => file with { Text = file.Text.Replace("I16;", "I16 ^ 16'd4;") } };
        using var lockstep = Run(new PortDesign(), change, seed: 1);
        Assert.Equal(Cycles - 1, lockstep.Mismatches);
        Assert.Equal(("O16", 1L, 0), (lockstep.FirstMismatch!.Signal, lockstep.FirstMismatch.Cycle, lockstep.FirstMismatch.Lane));
        Assert.Equal(4, (int)(lockstep.FirstMismatch.Reference ^ lockstep.FirstMismatch.Other));
    }

    [Fact]
    public void A_testbench_that_only_ticks_is_compared_too()
    {
        var design = Elaborator.Elaborate(new PortDesign());
        using var lockstep = new LockstepEngine(new InterpretedEngine(design), new VerilatorEngine(design, QuickBuild.Options));
        lockstep.Poke("I5", -3);
        lockstep.Run(10);
        lockstep.Settle();
        Assert.Equal(-3, lockstep.Peek("O5"));
        Assert.Equal((10L, 11L, 0L), (lockstep.Cycle, lockstep.CyclesCompared, lockstep.Mismatches));
        Assert.Equal<BigInteger>([-3], lockstep.PeekNet("O5"));
    }

    private static LockstepEngine Run(Module module, VerilatorOptions options, int seed)
    {
        var design = Elaborator.Elaborate(module);
        var lockstep = new LockstepEngine(new InterpretedEngine(design), new VerilatorEngine(design, options));
        var random = new Random(seed);
        for (var cycle = 0; cycle < Cycles; cycle++)
        {
            RandomTypes.PokeAll(random, lockstep);
            lockstep.Reset(ClockDomain.Default, cycle is 10 or 30);
            lockstep.Settle();
            lockstep.Tick();
        }

        return lockstep;
    }
}
