using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Interpreted;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Verilator.Tests;

/// <summary>Instances that a register resets: in the same cycles on all engines and in the emitted Verilog.</summary>
public sealed class PartResetTests
{
    /// <summary>A counter and a FIFO, with a claim that a reset would break if it weren't switched off with it.</summary>
    private sealed class Part : Module
    {
        public readonly Signal Step = Input(Bit);
        public readonly Signal Count = Output(UInt(8));
        public readonly Signal Before = Output(UInt(8));

        protected override void Build()
        {
            Register(out var count, UInt(8), reset: 9);
            Register(out var before, UInt(8), reset: 8);
            before.Drive(count);
            When(Step, () => count.Drive(count.WrapAdd(1)));
            Assert(count == before | count == before.WrapAdd(1), "it counts in ones");
            Count.Drive(count);
            Before.Drive(before);
        }
    }

    /// <summary>A part around the part, which it resets by itself at times.</summary>
    private sealed class Outer : Module
    {
        public readonly Signal Step = Input(Bit);
        public readonly Signal Restart = Input(Bit);
        public readonly Signal Sum = Output(UInt(8));

        protected override void Build()
        {
            Register(out var restart, Bit, reset: 1);
            restart.Drive(Restart);
            Instance(out var inner, new Part()).ResetBy(restart);
            Instance(out var beside, new Part());
            inner.Step.Drive(Step);
            beside.Step.Drive(Step);
            Sum.Drive(inner.Count ^ beside.Before ^ beside.Count ^ inner.Before);
        }
    }

    private sealed class Top : Module
    {
        public readonly Signal Step = Input(Bit);
        public readonly Signal Abort = Input(Bit);
        public readonly Signal Restart = Input(Bit);
        public readonly Signal Sum = Output(UInt(8));
        public readonly Signal Count = Output(UInt(8));

        protected override void Build()
        {
            Register(out var aborting, Bit, reset: 1);
            aborting.Drive(Abort);
            Instance(out var outer, new Outer()).ResetBy(aborting);
            Instance(out var part, new Part()).ResetBy(aborting);
            outer.Step.Drive(Step);
            outer.Restart.Drive(Restart);
            part.Step.Drive(Step);
            Sum.Drive(outer.Sum);
            Count.Drive(part.Count);
        }
    }

    private static Design Elaborated(int? mostLoads) => Elaborator.Elaborate(new Top(), new ElaborationOptions { MostResetLoads = mostLoads });

    [Theory]
    [InlineData(null)]
    [InlineData(10)]
    public void Verilog_resets_parts_in_the_same_cycles(int? mostLoads)
    {
        var design = Elaborated(mostLoads);
        Agree(new LockstepEngine(new InterpretedEngine(design), new VerilatorEngine(design, QuickBuild.Options)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(10)]
    public void Compiled_code_resets_parts_in_the_same_cycles(int? mostLoads)
    {
        var design = Elaborated(mostLoads);
        Agree(new LockstepEngine(new InterpretedEngine(design), new CompiledEngine(design)));
    }

    [Fact]
    public void A_part_is_at_its_initial_values_while_the_register_is_1()
    {
        using var engine = new InterpretedEngine(Elaborated(null));
        engine.Poke("Step", 1);
        engine.ResetAll();
        engine.Run(5);
        engine.Settle();

        // Its register, which resets to 1, holds it for an edge longer than the reset does.
        Assert.Equal(9 + 4, engine.Peek("Count"));
        engine.Poke("Abort", 1);
        engine.Run(1);
        engine.Poke("Abort", 0);
        engine.Settle();
        Assert.Equal(9 + 5, engine.Peek("Count"));
        engine.Run(1);
        engine.Settle();
        Assert.Equal(9, engine.Peek("Count"));
        engine.Run(1);
        engine.Settle();
        Assert.Equal(10, engine.Peek("Count"));
    }

    [Fact]
    public void Claims_of_a_part_rest_while_it_is_reset()
    {
        var design = Elaborated(null);
        foreach (var engine in (IEngine[])[new InterpretedEngine(design), new CompiledEngine(design)])
        {
            using (engine)
            {
                var broken = design.Definitions.Single(d => d.Name == "Part");
                Assert.Single(broken.Assertions);
                engine.ResetAll();
                engine.Poke("Step", 1);
                for (var i = 0; i < 50; i++)
                {
                    engine.Poke("Abort", i % 7 == 0 ? 1 : 0);
                    engine.Poke("Restart", i % 5 == 0 ? 1 : 0);
                    engine.Tick();
                }
            }
        }
    }

    private static void Agree(LockstepEngine lockstep) => RandomResets.Agree(lockstep, seed: 5, cycles: 300, cyclesPerReset: 16);
}
