using System.Text.Json;
using LoopLynx.Gen;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Verilator;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Synthesis.Tests.Absorption;

/// <summary>
/// Yosys moves registers into the DSP48E1 of 7-series, which it doesn't for UltraScale+: so it shows by other means that the text of every part that multiplies
/// has the registers of a DSP, operands, product and result, and that nothing of it stays outside.
/// </summary>
public sealed class MacRegisterTests
{
    private static readonly ExternalTool Yosys = new("yosys", "apt-get install yosys");

    /// <summary>A product and its running sum, or two: operands, product, sum.</summary>
    private sealed class Accumulated(int sums) : Module
    {
        public readonly Signal Valid = Input(Bit);
        public readonly Signal First = Input(Bit);
        public readonly Signal A = Input(SInt(8));
        public readonly Signal B = Input(SInt(17));
        public readonly Signal Sum = Output(SInt(40));

        protected override void Build()
        {
            var valid = Valid.Registered(name: "valid1");
            var product = (A.Registered(name: "a1") * B.Registered(name: "b1")).Registered(valid, "product");
            Sum.Drive(new PartialSums(SInt(40), sums).Add(valid.Registered(name: "valid2"), First.Delayed(2), product, "sum"));
        }
    }

    /// <summary>The registers of each DSP48E1, and how many flip-flops and shift registers are left.</summary>
    private static (string[] Dsps, int Left) Map(Module module)
    {
        var design = Elaborator.Elaborate(module);
        var folder = Directory.CreateTempSubdirectory("looplynx-mac-").FullName;
        try
        {
            var files = VerilogBackend.WriteTo(design, folder).Select(f => Path.GetFileName(f)!).ToArray();
            var result = Yosys.Run(
                ["-q", "-p", $"read_verilog -DSYNTHESIS {string.Join(' ', files)}; synth_xilinx -family xc7 -flatten -noiopad -top {design.Top.Name}; json -o mapped.json"],
                folder);
            Assert.True(result.ExitCode == 0, result.Log);
            var modules = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "mapped.json"))).RootElement.GetProperty("modules").EnumerateObject();

            // Parts that are kept as instances stay modules of their own.
            var cells = modules.Where(m => !m.Value.GetProperty("attributes").TryGetProperty("blackbox", out _))
                .SelectMany(m => m.Value.GetProperty("cells").EnumerateObject()).Select(c => c.Value).ToArray();
            string Type(JsonElement cell) => cell.GetProperty("type").GetString()!;
            return ([.. cells.Where(c => Type(c) == "DSP48E1").Select(Registers)],
                cells.Count(c => Type(c).StartsWith("FD", StringComparison.Ordinal) || Type(c).StartsWith("SRL", StringComparison.Ordinal)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Registers(JsonElement dsp)
    {
        var parameters = dsp.GetProperty("parameters");
        string If(string name) => parameters.GetProperty($"{name}REG").GetString()!.TrimStart('0') == "1" ? name : "";
        return $"{If("A")}{If("B")}{If("M")}{If("P")}";
    }

    /// <summary>The operand types of dot products and products that the presets have, as far as the multiplier of 25 by 18 bits of 7-series takes them.</summary>
    [Theory]
    [InlineData(32, 8, true, 8, true)]
    [InlineData(8, 8, true, 17, true)]
    [InlineData(4, 16, true, 8, true)]
    [InlineData(1, 25, true, 18, true)]
    public void A_lane_of_a_dot_product_is_a_DSP_with_all_registers(int lanes, int aBits, bool aSigned, int bBits, bool bSigned)
    {
        var (dsps, left) = Map(new DotProduct(lanes, new HdlType(aBits, aSigned), new HdlType(bBits, bSigned)));
        Assert.Equal(Enumerable.Repeat("ABMP", lanes), dsps);

        // What is left is valid at each level, and the tree's own sums.
        Assert.True(lanes > 1 || left == 3, $"{left} registers stay outside");
    }

    [Theory]
    [InlineData(22, true, 17, false)]
    [InlineData(24, false, 17, false)]
    [InlineData(17, false, 18, false)]
    [InlineData(19, true, 16, true)]
    [InlineData(5, true, 14, true)]
    public void A_tile_is_a_DSP_with_all_registers(int aBits, bool aSigned, int bBits, bool bSigned) =>
        AssertWhole(Map(new ProductTile(new HdlType(aBits, aSigned), new HdlType(bBits, bSigned))));

    /// <summary>Tiles are as wide as a DSP48E2 takes them: 27 by 18. Those of more than 25 bits are two DSP48E1, the product's register stays outside both.</summary>
    [Theory]
    [InlineData(26, false, 17, false)]
    [InlineData(27, true, 18, true)]
    public void A_tile_wider_than_the_multiplier_of_7_series_is_two(int aBits, bool aSigned, int bBits, bool bSigned)
    {
        var (dsps, left) = Map(new ProductTile(new HdlType(aBits, aSigned), new HdlType(bBits, bSigned)));
        Assert.Equal(["AB", "ABP"], dsps.Order(StringComparer.Ordinal));
        Assert.True(left > aBits, $"{left} registers outside");
    }

    /// <summary>Operands, product and the sum itself are the registers of one DSP; valid and first come along outside.</summary>
    [Fact]
    public void A_product_with_its_running_sum_is_one_DSP()
    {
        var (dsps, left) = Map(new Accumulated(sums: 1));
        Assert.Equal("ABMP", Assert.Single(dsps));
        Assert.Equal(4, left);
    }

    /// <summary>Of several sums each comes from a memory: the sum is a register of the fabric, as the next product may not wait for it.</summary>
    [Fact]
    public void Several_sums_are_a_memory_behind_the_DSP()
    {
        var (dsps, left) = Map(new Accumulated(sums: 4));
        Assert.StartsWith("ABM", Assert.Single(dsps), StringComparison.Ordinal);
        Assert.True(left > 4, $"{left} registers outside");
    }

    private static void AssertWhole((string[] Dsps, int Left) mapped)
    {
        Assert.Equal("ABMP", Assert.Single(mapped.Dsps));
        Assert.Equal(0, mapped.Left);
    }
}
