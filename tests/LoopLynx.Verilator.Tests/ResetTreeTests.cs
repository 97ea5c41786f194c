using System.Text.RegularExpressions;
using LoopLynx.Gen;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Interpreted;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Verilator.Tests;

/// <summary>Designs whose reset passes through registers: all engines and the emitted Verilog reset alike, an edge later.</summary>
public sealed class ResetTreeTests
{
    private const int MostLoads = 40;

    private static readonly Design Tree = Elaborator.Elaborate(new Top(), new ElaborationOptions { MostResetLoads = MostLoads });

    /// <summary>Sixteen register bits that count.</summary>
    private sealed class Leaf : Module
    {
        public readonly Signal Step = Input(Bit);
        public readonly Signal Count = Output(UInt(16));

        protected override void Build()
        {
            Register(out var count, UInt(16), reset: 7);
            When(Step, () => count.Drive(count.WrapAdd(3)));
            Count.Drive(count);
        }
    }

    /// <summary>Six leaves and a register of its own: more than one net may reset.</summary>
    private sealed class Large : Module
    {
        public readonly Signal Step = Input(Bit);
        public readonly Signal Sum = Output(UInt(16));

        protected override void Build()
        {
            Register(out var own, UInt(16), reset: 1);
            own.Drive(own.WrapAdd(5));
            var leaves = Instances(6, _ => new Leaf(), "leaf");
            foreach (var leaf in leaves)
            {
                leaf.Step.Drive(Step);
            }

            Sum.Drive(leaves.Aggregate(own, (sum, leaf) => sum ^ leaf.Count));
        }
    }

    private sealed class Top : Module
    {
        public readonly Signal Step = Input(Bit);
        public readonly Signal Sum = Output(UInt(16));
        public readonly Signal Small = Output(UInt(16));

        protected override void Build()
        {
            Instance(out var large, new Large());
            Instance(out var small, new Leaf());
            large.Step.Drive(Step);
            small.Step.Drive(Step);
            Sum.Drive(large.Sum);
            Small.Drive(small.Count);
            Assert(small.Count != 0, "the leaf's count is never 0 in so few steps");
        }
    }

    [Fact]
    public void A_reset_takes_effect_an_edge_later()
    {
        using var engine = new InterpretedEngine(Tree);
        engine.Poke("Step", 1);
        engine.Run(4);
        engine.Reset(ClockDomain.Default, true);
        engine.Run(1);
        engine.Reset(ClockDomain.Default, false);
        engine.Settle();
        Assert.Equal(7 + (5 * 3), engine.Peek("Small"));
        engine.Run(1);
        engine.Settle();
        Assert.Equal(7, engine.Peek("Small"));
    }

    [Fact]
    public void Resetting_all_waits_until_the_registers_run()
    {
        using var engine = new InterpretedEngine(Tree);
        engine.Poke("Step", 1);
        engine.ResetAll();
        engine.Run(1);
        engine.Settle();
        Assert.Equal(10, engine.Peek("Small"));
    }

    [Fact]
    public void Verilog_resets_in_the_same_cycles() =>
        Agree(new LockstepEngine(new InterpretedEngine(Tree), new VerilatorEngine(Tree, QuickBuild.Options)));

    [Fact]
    public void Compiled_code_resets_in_the_same_cycles() => Agree(new LockstepEngine(new InterpretedEngine(Tree), new CompiledEngine(Tree)));

    private static void Agree(LockstepEngine lockstep) => RandomResets.Agree(lockstep, seed: 3, cycles: 200, cyclesPerReset: 8);

    [Fact]
    public void No_reset_register_drives_more_than_may_be()
    {
        var files = VerilogBackend.Emit(Tree).ToDictionary(f => f.Name, f => f.Text);

        // Of 112 bits two leaves, and the definition's own with one, go behind each register.
        Assert.Equal(4, Regex.Count(files["Large.v"], "ResetRegister "));
        Assert.Single(Regex.Matches(files["Top.v"], "ResetRegister "));
        Assert.Contains(".rst(rst),", files["Top.v"][files["Top.v"].IndexOf("Large large", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains(".rst(rst_copy),", files["Top.v"][files["Top.v"].IndexOf("Leaf small", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotContain("ResetRegister", files["Leaf.v"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_design_keeps_one_net()
    {
        var design = Elaborator.Elaborate(new Leaf(), new ElaborationOptions { MostResetLoads = MostLoads });
        Assert.Equal(0, design.Top.ResetStages);
        Assert.DoesNotContain(VerilogBackend.Emit(design), f => f.Name == "ResetRegister.v");
    }

    [Fact]
    public void Several_clocks_keep_their_nets()
    {
        var design = Elaborator.Elaborate(new TwoClocks(), new ElaborationOptions { MostResetLoads = 1 });
        Assert.Equal(0, design.Top.ResetStages);
    }

    private sealed class TwoClocks : Module
    {
        private static readonly ClockDomain Other = new("other_clk", "other_rst");

        public readonly Signal A = Output(UInt(8));
        public readonly Signal B = Output(UInt(8));

        protected override void Build()
        {
            Register(out var a, UInt(8), reset: 0);
            a.Drive(a.WrapAdd(1));
            A.Drive(a);
            InDomain(Other, () =>
            {
                Register(out var b, UInt(8), reset: 0);
                b.Drive(b.WrapAdd(1));
                B.Drive(b);
            });
        }
    }
}
