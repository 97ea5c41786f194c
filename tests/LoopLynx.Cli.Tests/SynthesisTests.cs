using System.Text.RegularExpressions;
using LoopLynx.Accelerator;
using LoopLynx.Gen;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Verilator;

namespace LoopLynx.Cli.Tests;

/// <summary>What Yosys makes of the kernels for the U50's family: multipliers become DSP48E2, buffers become block and ultra RAM.</summary>
public sealed class SynthesisTests : IDisposable
{
    private static readonly NodeConfiguration Small = new NodeConfiguration(1, 2, 64, 256, 64, 2, 8).Validated();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Cells of each kind after <c>synth_xilinx -family xcup</c>, the whole hierarchy flattened.</summary>
    private IReadOnlyDictionary<string, int> Cells(Module module)
    {
        var design = Elaborator.Elaborate(module);
        var files = VerilogBackend.WriteTo(design, _folder.Path);
        var script = $"read_verilog -DSYNTHESIS {string.Join(' ', files)}; synth_xilinx -family xcup -flatten -noiopad -top {design.Top.Name}; tee -o {_folder["stat"]} stat";
        var result = new ExternalTool("yosys", "apt-get install yosys").Run(["-q", "-p", script]);
        Assert.True(result.ExitCode == 0, result.Log);
        return Regex.Matches(File.ReadAllText(_folder["stat"]), @"^\s+([A-Z][A-Z0-9]+)\s+(\d+)\s*$", RegexOptions.Multiline)
            .GroupBy(m => m.Groups[1].Value).ToDictionary(g => g.Key, g => g.Max(m => int.Parse(m.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Each_lane_of_a_slice_is_a_dsp() => Assert.Equal(8, Cells(new MatrixSlice(8)).GetValueOrDefault("DSP48E2"));

    [Fact]
    public void Two_lanes_of_a_pair_of_slices_are_a_dsp() => Assert.Equal(8, Cells(new MatrixSlice(8, rows: 2)).GetValueOrDefault("DSP48E2"));

    [Fact]
    public void Each_multiplier_of_the_scores_is_a_dsp() => Assert.Equal(Small.SuperBytes, Cells(new ScoreUnit(Small)).GetValueOrDefault("DSP48E2"));

    [Fact]
    public void Each_multiplier_of_the_mixing_is_a_dsp() => Assert.Equal(Small.SuperBytes, Cells(new MixUnit(Small)).GetValueOrDefault("DSP48E2"));

    [Fact]
    public void The_activation_buffer_is_block_ram()
    {
        // 64 rows would fit LUTs; the style asks for block RAM with byte enables.
        var cells = Cells(new ActivationBuffer(Small));
        Assert.True(cells.GetValueOrDefault("RAMB36E2") + cells.GetValueOrDefault("RAMB18E2") > 0);
        Assert.True(cells.GetValueOrDefault("FDRE") < 200);
    }

    [Theory]
    [InlineData(MemoryStyle.Block, "RAMB36E2")]
    [InlineData(MemoryStyle.Ultra, "URAM288")]
    public void The_prefetch_fifo_is_the_ram_that_it_asks_for(MemoryStyle style, string cell)
    {
        var cells = Cells(new StreamFifo<Signal>([Hardware.SInt(8).Lanes(32)], 4096, style));
        Assert.True(cells.GetValueOrDefault(cell) > 0, string.Join(", ", cells));
        Assert.True(cells.GetValueOrDefault("FDRE") < 400, string.Join(", ", cells));
    }
}
