using LoopLynx.Gen.Board;
using LoopLynx.Gen.Tests.Designs;
using LoopLynx.Gen.Tests.Support;
using LoopLynx.Hdl;

namespace LoopLynx.Gen.Tests;

/// <summary>Resets of every kind, marks of synchronisers, and the constraints of crossings.</summary>
public class ClockTests
{
    private static string Text(string file) => VerilogBackend.Emit(Elaborator.Elaborate(new Clocks())).Single(f => f.Name == file).Text;

    [Fact]
    public void Resets_are_written_by_their_kind()
    {
        Assert.Contains("always @(posedge low_clk) begin\n        if (!low_rst_n) begin", Text("Clocks.v"));
        Assert.Contains("always @(posedge mem_clk or posedge mem_rst) begin\n        if (mem_rst) begin", Text("AsyncFifo.v"));
        Assert.Contains("always @(posedge link_clk or negedge link_rst_n) begin\n        if (!link_rst_n) begin", Text("ResetSynchroniser.v"));
        Assert.Contains("if (low_rst_n && !", Text("Clocks.v"));
    }

    [Fact]
    public void Tools_take_it_without_a_warning()
    {
        using var folder = new WorkFolder(Elaborator.Elaborate(new Clocks()));
        folder.Lint();
    }

    [Fact]
    public void Registers_of_synchronisers_are_marked()
    {
        Assert.Contains("(* ASYNC_REG = \"TRUE\" *) reg seen1;", Text("Clocks.v"));
        Assert.Contains("(* ASYNC_REG = \"TRUE\" *) reg seen2;", Text("Clocks.v"));
        Assert.Contains("(* ASYNC_REG = \"TRUE\" *) reg [2:0] tail_sync1;", Text("AsyncFifo.v"));
        Assert.Contains("(* ASYNC_REG = \"TRUE\" *) reg reset2;", Text("ResetSynchroniser.v"));
        Assert.DoesNotContain("*) reg [2:0] tail_gray;", Text("AsyncFifo.v"));
    }

    [Fact]
    public void Yosys_keeps_the_registers_of_a_synchroniser_with_their_mark()
    {
        using var folder = new WorkFolder(Elaborator.Elaborate(new Clocks()));
        var cells = folder.Yosys($"read_verilog {string.Join(' ', folder.Files)}; synth_xilinx -family xcup -noiopad -flatten -top {folder.Top}; tee -a cells.txt select -list w:*sync1 a:ASYNC_REG %i");
        Assert.Contains("crossing.tail_sync1", File.ReadAllText(Path.Combine(folder.Path, "cells.txt")) + cells);
    }

    [Fact]
    public void Crossings_get_constraints_and_nothing_else_does() => Assert.Equal("""
        create_clock -name clk -period 4.000 [get_ports {clk}]
        create_clock -name link_clk -period 2.500 [get_ports {link_clk}]
        create_clock -name low_clk -period 100.000 [get_ports {low_clk}]
        create_clock -name mem_clk -period 3.333 [get_ports {mem_clk}]
        set_false_path -from [get_ports {link_rst_n}]
        set_false_path -from [get_ports {mem_rst}]
        set_false_path -to [get_cells {seen1_reg*}]
        set_max_delay -datapath_only -from [get_cells {crossing/head_gray_reg*}] -to [get_cells {crossing/head_sync1_reg*}] 3.333
        set_bus_skew -from [get_cells {crossing/head_gray_reg*}] -to [get_cells {crossing/head_sync1_reg*}] 3.333
        set_max_delay -datapath_only -from [get_cells {crossing/tail_gray_reg*}] -to [get_cells {crossing/tail_sync1_reg*}] 3.333
        set_bus_skew -from [get_cells {crossing/tail_gray_reg*}] -to [get_cells {crossing/tail_sync1_reg*}] 3.333
        set_max_delay -datapath_only -from [get_cells {crossing/rows_data_reg*}] -to [get_clocks {mem_clk}] 3.333
        set_max_delay -datapath_only -from [get_cells {handshake/acknowledge_reg*}] -to [get_cells {handshake/acknowledge_sync1_reg*}] 2.500
        set_max_delay -datapath_only -from [get_cells {handshake/request_reg*}] -to [get_cells {handshake/request_sync1_reg*}] 2.500
        set_max_delay -datapath_only -from [get_clocks {clk}] -to [get_cells {handshake/held_data_reg*}] 2.500

        """, CrossingWriter.Write(Elaborator.Elaborate(new Clocks()), new Dictionary<string, decimal> { ["clk"] = 4, ["link_clk"] = 2.5m, ["low_clk"] = 100, ["mem_clk"] = 3.333m }));

    [Fact]
    public void A_clock_without_a_period_is_refused() =>
        Assert.Contains("clock 'link_clk' has no period", Assert.Throws<ArgumentException>(() => CrossingWriter.Write(Elaborator.Elaborate(new Clocks()), new Dictionary<string, decimal> { ["clk"] = 4 })).Message);
}
