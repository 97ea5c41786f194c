using System.Text.RegularExpressions;
using LoopLynx.Gen.Tests.Designs;
using LoopLynx.Gen.Tests.Support;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Gen.Tests;

/// <summary>The text maps to the blocks of the FPGA that it asks for, by Yosys for UltraScale+.</summary>
public class SynthesisTests
{
    [Fact]
    public void Registered_products_of_bytes_are_one_dsp_a_lane() =>
        Assert.Equal(4, Cells(new MacArray(4))["DSP48E2"]);

    [Fact]
    public void A_masked_memory_is_block_ram()
    {
        var cells = Cells(new Storage(1024, 10, UInt(8).Lanes(4), MemoryStyle.Block));
        Assert.Equal(1, cells["RAMB36E2"]);
        Assert.DoesNotContain(cells.Keys, c => c.StartsWith("FD", StringComparison.Ordinal));
    }

    [Fact]
    public void An_odd_depth_costs_nothing_where_the_ram_has_the_rows()
    {
        var cells = Cells(new Storage(1000, 10, UInt(8).Lanes(4), MemoryStyle.Block));
        Assert.Equal(1, cells["RAMB36E2"]);
        Assert.DoesNotContain(cells.Keys, c => c.StartsWith("FD", StringComparison.Ordinal));
    }

    [Fact]
    public void An_odd_depth_keeps_its_flag_where_a_power_of_two_would_cost_a_ram()
    {
        var (odd, full) = (Cells(new Storage(1100, 11, UInt(8).Lanes(4), MemoryStyle.Block)), Cells(new Storage(2048, 11, UInt(8).Lanes(4), MemoryStyle.Block)));
        static int Registers(IReadOnlyDictionary<string, int> cells) => cells.Where(c => c.Key.StartsWith("FD", StringComparison.Ordinal)).Sum(c => c.Value);
        Assert.True(Registers(odd) > Registers(full), "the flag that hides rows past the end");
    }

    [Fact]
    public void A_masked_memory_is_ultra_ram()
    {
        var cells = Cells(new Storage(4096, 12, UInt(8).Lanes(9), MemoryStyle.Ultra));
        Assert.Equal(1, cells["URAM288"]);
        Assert.DoesNotContain(cells.Keys, c => c.StartsWith("FD", StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_survives_as_block_ram()
    {
        var cells = Cells(new Table(1024, MemoryStyle.Block));
        Assert.Equal(1, cells.GetValueOrDefault("RAMB36E2") + cells.GetValueOrDefault("RAMB18E2"));
    }

    [Fact]
    public void A_table_survives_as_logic()
    {
        var cells = Cells(new Table(1024, MemoryStyle.Distributed));
        Assert.Equal(0, cells.GetValueOrDefault("RAMB36E2") + cells.GetValueOrDefault("RAMB18E2"));
        Assert.True(cells.GetValueOrDefault("LUT6") > 0);
    }

    [Fact]
    public void A_small_memory_is_lut_ram() =>
        Assert.Contains(Cells(new Storage(64, 6, UInt(8), MemoryStyle.Distributed)).Keys, c => c.StartsWith("RAM64", StringComparison.Ordinal));

    [Fact]
    public void A_run_of_lanes_by_index_is_a_multiplexer()
    {
        var cells = Cells(new RunOfLanes(runs: 8, width: 35, lanes: 2));
        Assert.DoesNotContain("DSP48E2", cells.Keys);
        Assert.InRange(cells.Where(c => c.Key.StartsWith("LUT", StringComparison.Ordinal)).Sum(c => c.Value), 70, 3 * 70);
    }

    /// <summary>One run of lanes by index.</summary>
    private sealed class RunOfLanes(int runs, int width, int lanes) : Module
    {
        public readonly Signal Values = Input(SInt(width).Lanes(runs * lanes));
        public readonly Signal At = Input(UInt(Sizes.AddressBits(runs)));
        public readonly Signal Chosen = Output(SInt(width).Lanes(lanes));

        protected override void Build() => Chosen.Drive(Values.SelectLanes(At, lanes));
    }

    private static Dictionary<string, int> Cells(Module module)
    {
        using var folder = new WorkFolder(Elaborator.Elaborate(module));
        folder.Yosys($"read_verilog {string.Join(' ', folder.Files)}; synth_xilinx -family xcup -noiopad -top {folder.Top}; tee -q -o cells.txt stat");
        return Regex.Matches(File.ReadAllText(Path.Combine(folder.Path, "cells.txt")), @"^\s+([A-Z][A-Z0-9]+)\s+(\d+)$", RegexOptions.Multiline)
            .ToDictionary(m => m.Groups[1].Value, m => int.Parse(m.Groups[2].Value));
    }
}
