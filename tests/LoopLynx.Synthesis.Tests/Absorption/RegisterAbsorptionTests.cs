using LoopLynx.Synthesis.Absorption;
using LoopLynx.Synthesis.Cells;
using LoopLynx.Synthesis.Netlist;
using LoopLynx.Synthesis.Resources;
using LoopLynx.Synthesis.Tests.Support;

namespace LoopLynx.Synthesis.Tests.Absorption;

/// <summary>Registers move into a DSP or RAM where that is legal, and nowhere else.</summary>
public sealed class RegisterAbsorptionTests
{
    private const int Width = 4;

    /// <summary>A multiplier of four bits with two registers behind it and one before each operand.</summary>
    private static SynthesisedDesign Multiplier(
        int stages = 2, int enable = MappedModule.One, string init = "0", string type = "FDRE", bool secondLoad = false, bool oddEnable = false, bool oneBit = false)
    {
        var module = new NetlistBuilder("Multiplier").WithClock();
        var run = module.Input("run");
        enable = enable == MappedModule.One ? enable : module.Register("enable", run);
        int[] Operand(string name) => [.. Enumerable.Range(0, Width).Select(i => module.Register($"{name}{i}", module.Input($"{name}_in{i}"), enable)), oneBit ? MappedModule.One : MappedModule.Zero];
        int[] product = [.. Enumerable.Range(0, 2 * Width).Select(i => module.Net($"product{i}"))];
        module.Cell("mul", "DSP48E2", new Dictionary<string, string>(), ("A", Operand("a")), ("B", Operand("b")), ("P", product));
        for (var i = 0; i < product.Length; i++)
        {
            var net = product[i];
            for (var stage = 0; stage < stages; stage++)
            {
                net = module.Register($"stage{stage}_{i}", net, oddEnable && i == 3 ? run : enable, MappedModule.Zero, init, type);
            }

            module.Output($"p{i}", net);
        }

        if (secondLoad)
        {
            module.Output("peek", product[2]);
        }

        return SynthesisedDesign.Of([module.Done()], "Multiplier", []);
    }

    private static string Mode(SynthesisedDesign design) => Assert.Single(design.Absorbed.Cells, c => c.Model.Kind == CellKind.Dsp).Model.Name;

    private static int FlipFlops(SynthesisedDesign design) => design.Absorbed.Cells.Count(c => c.Model.Kind == CellKind.FlipFlop);

    [Theory]
    [InlineData(0, "DSP48E2_AB", 0)]
    [InlineData(1, "DSP48E2_ABP", 0)]
    [InlineData(2, "DSP48E2_ABMP", 0)]
    [InlineData(3, "DSP48E2_ABMP", 8)]
    public void Operands_and_up_to_two_stages_behind_the_product_move_in(int stages, string mode, int left)
    {
        var design = Multiplier(stages);
        Assert.Equal(mode, Mode(design));
        Assert.Equal(left, FlipFlops(design));
    }

    [Fact]
    public void Enables_move_in_with_their_registers()
    {
        var design = Multiplier(enable: MappedModule.Zero);
        Assert.Equal("DSP48E2_ABMP", Mode(design));
        var dsp = design.Absorbed.Cells.Single(c => c.Model.Kind == CellKind.Dsp);
        var enable = design.Absorbed.Cells.Single(c => c.Model.Kind == CellKind.FlipFlop).Nets[^1];
        Assert.All(new[] { "CEA2", "CEB2", "CEM", "CEP" }, port => Assert.Equal([enable], dsp.Cell[port]));
    }

    [Fact]
    public void A_product_that_something_else_takes_stays_outside() => Assert.Equal("DSP48E2_AB", Mode(Multiplier(secondLoad: true)));

    [Fact]
    public void Bits_with_different_enables_stay_outside() => Assert.Equal("DSP48E2_AB", Mode(Multiplier(oddEnable: true)));

    [Fact]
    public void A_register_that_powers_up_as_1_stays_outside() => Assert.Equal("DSP48E2_AB", Mode(Multiplier(init: "1")));

    [Fact]
    public void A_register_that_is_set_stays_outside() => Assert.Equal("DSP48E2_AB", Mode(Multiplier(type: "FDSE")));

    [Fact]
    public void An_operand_with_a_constant_1_stays_outside() => Assert.Equal("DSP48E2_MP", Mode(Multiplier(oneBit: true)));

    [Fact]
    public void What_stays_unregistered_is_listed()
    {
        var one = Multiplier(stages: 1);
        var lacks = Assert.Single(ResourceAnalysis.Run(one.Mapped, one.Absorbed, cancel: TestContext.Current.CancellationToken).Unregistered);
        Assert.Equal(("mul", "DSP48E2", "M"), (lacks.Cell, lacks.Type, lacks.Missing));
        var two = Multiplier(stages: 2);
        Assert.Empty(ResourceAnalysis.Run(two.Mapped, two.Absorbed, cancel: TestContext.Current.CancellationToken).Unregistered);
    }

    [Theory]
    [InlineData(AbsorptionScope.None, "DSP48E2", 24)]
    [InlineData(AbsorptionScope.Outputs, "DSP48E2_MP", 8)]
    public void The_scope_says_which_registers_move(AbsorptionScope scope, string mode, int left)
    {
        var mapped = Multiplier();
        var design = mapped with { Absorbed = RegisterAbsorption.Apply(mapped.Mapped, new CellLibrary(mapped.Data), scope) };
        Assert.Equal(mode, Mode(design));
        Assert.Equal(left, FlipFlops(design));
    }

    [Fact]
    public void Both_columns_are_counted()
    {
        var design = Multiplier(stages: 3);
        var count = ResourceAnalysis.Run(design.Mapped, design.Absorbed, cancel: TestContext.Current.CancellationToken).Machine;
        Assert.Equal((32, 8, 1), (count.Ff, count.FfAbsorbed, count.Dsp));
    }

    [Theory]
    [InlineData("URAM288", "CLK", "DOUT_A", false, "URAM288_AREG")]
    [InlineData("URAM288", "CLK", "DOUT_A", true, "URAM288")]
    [InlineData("RAMB36E2", "CLKARDCLK", "DOUTADOUT", false, "RAMB36E2_AREG")]
    [InlineData("RAMB36E2", "CLKARDCLK", "DOUTADOUT", true, "RAMB36E2_AREG")]
    public void A_register_behind_a_memory_moves_in(string type, string clock, string output, bool reset, string mode)
    {
        var module = new NetlistBuilder("Store").WithClock();
        var clear = module.Input("clear");
        int[] row = [.. Enumerable.Range(0, Width).Select(i => module.Net($"row{i}"))];
        module.Cell("ram", type, new Dictionary<string, string>(), (clock, [module.Clock]), (output, row));
        for (var i = 0; i < Width; i++)
        {
            module.Output($"q{i}", module.Register($"read{i}", row[i], reset: reset ? clear : MappedModule.Zero));
        }

        var design = SynthesisedDesign.Of([module.Done()], "Store", []);
        Assert.Equal(mode, Assert.Single(design.Absorbed.Cells, c => c.Model.Kind is CellKind.BlockRam or CellKind.UltraRam).Model.Name);
        Assert.Equal(mode == type ? 1 : 0, ResourceAnalysis.Run(design.Mapped, design.Absorbed, cancel: TestContext.Current.CancellationToken).Unregistered.Count);
    }
}
