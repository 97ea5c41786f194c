using System.Text;
using LoopLynx.Synthesis.Netlist;

namespace LoopLynx.Synthesis.Tests.Netlist;

/// <summary>What Yosys' json command writes, as modules.</summary>
public sealed class NetlistReaderTests
{
    private const string Text = """
        { "creator": "Yosys", "modules": { "M": {
          "attributes": { "top": "1" },
          "ports": { "clk": { "direction": "input", "bits": [ 2 ] }, "y": { "direction": "output", "bits": [ 3, "0" ] } },
          "cells": { "a\\b": { "hide_name": 0, "type": "FDRE", "parameters": { "INIT": "x" }, "attributes": { "src": "M.v:1.1" },
            "port_directions": { "Q": "output" }, "connections": { "C": [ 2 ], "CE": [ "1" ], "D": [ "x" ], "Q": [ 3 ] } } },
          "netnames": { "y": { "hide_name": 0, "bits": [ 3, "0" ] }, "$1": { "hide_name": 1, "bits": [ 3 ] }, "state": { "hide_name": 0, "bits": [ 3 ] } } } } }
        """;

    private static IReadOnlyList<MappedModule> Read(string text) => NetlistReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Ports_cells_constants_and_names_are_read()
    {
        var module = Assert.Single(Read(Text));
        Assert.Equal("M", module.Name);
        Assert.Equal([("clk", PortSide.Input, 1), ("y", PortSide.Output, 2)], module.Ports.Select(p => (p.Name, p.Side, p.Bits.Length)));
        var cell = Assert.Single(module.Cells);
        Assert.Equal(("a\\b", "FDRE", "x"), (cell.Name, cell.Type, cell.Parameter("INIT", "")));
        Assert.Equal(MappedModule.One, Assert.Single(cell["CE"]));
        Assert.Equal(MappedModule.Any, Assert.Single(cell["D"]));
        Assert.Equal(module.Ports[1].Bits[0], Assert.Single(cell["Q"]));
        Assert.Equal(MappedModule.Zero, module.Ports[1].Bits[1]);

        // The register's own name goes before that of the port, and what Yosys made has none.
        Assert.Equal("state", module.Names[cell["Q"][0]]?.ToString());
    }

    [Fact]
    public void A_token_may_cross_the_end_of_a_buffer()
    {
        var padded = Text.Replace("\"creator\": \"Yosys\"", $"\"creator\": \"{new string('a', 200_000)}\"", StringComparison.Ordinal);
        Assert.Equal("M", Assert.Single(Read(padded)).Name);
    }

    [Theory]
    [InlineData("", "no netlist of Yosys")]
    [InlineData("{ \"modules\": { \"M\": { \"cells\": {", "no netlist of Yosys")]
    [InlineData("{ \"modules\": { \"M\": { \"ports\": { \"p\": { \"direction\": \"inout\", \"bits\": [] } } } } }", "port p is inout")]
    public void What_isnt_a_netlist_is_refused_in_one_line(string text, string message) =>
        Assert.Contains(message, Assert.Throws<SynthesisException>(() => Read(text)).Message, StringComparison.Ordinal);
}
