using System.Text;
using LoopLynx.Synthesis.Cells;
using LoopLynx.Synthesis.Flat;
using LoopLynx.Synthesis.Netlist;
using LoopLynx.Synthesis.Timing;

namespace LoopLynx.Synthesis.OpenSta;

/// <summary>Writes a flat design as Verilog of single nets, each wire delay a cell: OpenSTA of 2019 doesn't get through ports of thousands of bits.</summary>
internal sealed class StructuralWriter(TimingGraph graph, WireModel wires, LibertyWriter library)
{
    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _wires = [];
    private readonly HashSet<int> _declared = [];

    /// <summary>The text, with the top named <c>flat</c>, its clock <c>clk</c> and its other ports after their nets.</summary>
    public string Text()
    {
        var design = graph.Design;
        int[] inputs = [.. design.Ports(PortSide.Input).Select(p => p.Net).Where(n => n != graph.Clock && !FlatDesign.IsConstant(n)).Distinct()];
        int[] outputs = [.. design.Ports(PortSide.Output).Select(p => p.Net).Where(n => !FlatDesign.IsConstant(n)).Distinct()];
        _text.Append($"module flat (clk{string.Concat(inputs.Select(n => $", n{n}"))}{string.Concat(outputs.Select(n => $", o{n}"))});\n  input clk;\n");
        foreach (var net in inputs)
        {
            _text.Append($"  input n{net};\n");
            _declared.Add(net);
        }

        foreach (var net in outputs)
        {
            _text.Append($"  output o{net};\n");
        }

        var body = new StringBuilder();
        for (var i = 0; i < design.Cells.Count; i++)
        {
            Cell(body, i);
        }

        foreach (var end in graph.Endpoints.Where(e => e.Cell < 0 && !FlatDesign.IsConstant(e.Net)).DistinctBy(e => e.Net))
        {
            Wire(body, end.Net, end.Wire, target: $"o{end.Net}");
        }

        return _text.Append(body).Append("endmodule\n").ToString();
    }

    private void Cell(StringBuilder body, int index)
    {
        var cell = graph.Design.Cells[index];
        var pins = new List<string>();
        for (var pin = 0; pin < cell.Nets.Length; pin++)
        {
            var about = cell.Model.Pins[pin];
            if (Connection(body, index, pin, about, cell.Nets[pin]) is { } net)
            {
                pins.Add($".{LibertyWriter.Pin(about)}({net})");
            }
        }

        body.Append($"  {library.Cell(cell.Model)} c{index} ({string.Join(", ", pins)});\n");
    }

    private string? Connection(StringBuilder body, int cell, int pin, PinModel about, int net)
    {
        if (about.IsClock)
        {
            return "clk";
        }

        if (FlatDesign.IsConstant(net))
        {
            return about.IsOutput ? null : net == MappedModule.One ? "1'b1" : "1'b0";
        }

        return about.IsOutput ? Net(net) : Wire(body, net, graph.WireTo(cell, pin));
    }

    private string Wire(StringBuilder body, int net, WireKind kind, string? target = null)
    {
        var ns = wires.Delay(graph.Loads[net], kind);
        var name = target ?? $"w{net}_{kind}";
        if (_wires.Add(name))
        {
            body.Append($"  {library.Wire(ns)} x_{name} (.A({Net(net)}), .Z({name}));\n");
            if (target is null)
            {
                _text.Append($"  wire {name};\n");
            }
        }

        return name;
    }

    private string Net(int net)
    {
        if (net == graph.Clock)
        {
            return "clk";
        }

        if (_declared.Add(net))
        {
            _text.Append($"  wire n{net};\n");
        }

        return $"n{net}";
    }
}
