using System.Text;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Card.Package;

/// <summary>Writes the kernel's top: the names that the card's tools want, and the reset that they give, around the design.</summary>
public static class TopWriter
{
    /// <summary>Name of the register between the tools' reset and the design's.</summary>
    public const string ResetRegister = "core_reset";

    /// <summary>The top as Verilog.</summary>
    public static string Write(CardKernel kernel)
    {
        var text = new StringBuilder();
        var domain = kernel.Design.Top.Domains.Single();
        text.Append($"// {CardKernel.Name}: the kernel's top, with the names that the card's tools want\n");
        text.Append("// Written by LoopLynx.Card; edits here are lost.\n`default_nettype none\n\n");
        text.Append("// The tools' name of the interrupt is a word that Verilator knows from C++.\n/* verilator lint_off SYMRSVDWORD */\n");
        text.Append($"module {CardKernel.Name} (\n");
        text.AppendJoin(",\n", Ports(kernel)).Append("\n);\n");
        text.Append("    // The design's resets are active high; the tools' comes from outside the kernel, so a register takes it.\n");
        text.Append($"    reg {ResetRegister};\n    initial {ResetRegister} = 1'b1;\n\n");
        text.Append($"    always @(posedge {CardKernel.Clock}) begin\n        {ResetRegister} <= !{CardKernel.Reset};\n    end\n\n");
        text.Append($"    {kernel.Design.Top.Name} {CardKernel.Core} (\n");
        text.Append($"        .{domain.Clock}({CardKernel.Clock}),\n        .{domain.Reset}({ResetRegister})");
        foreach (var port in kernel.Design.Top.Ports)
        {
            text.Append($",\n        .{port.Name}({port.Name})");
        }

        return text.Append("\n    );\nendmodule\n\n/* verilator lint_on SYMRSVDWORD */\n`default_nettype wire\n").ToString();
    }

    private static IEnumerable<string> Ports(CardKernel kernel)
    {
        var buses = string.Join(':', kernel.Interfaces.Select(i => i.Name));
        var associated = $"ASSOCIATED_BUSIF {buses}, ASSOCIATED_RESET {CardKernel.Reset}";
        yield return Signal("clock", CardKernel.Clock, "CLK", associated) + $"input  wire {CardKernel.Clock}";
        yield return Signal("reset", CardKernel.Reset, "RST", "POLARITY ACTIVE_LOW") + $"input  wire {CardKernel.Reset}";
        foreach (var port in kernel.Design.Top.Ports)
        {
            var attributes = port.Name == CardKernel.Interrupt ? Signal("interrupt", port.Name, "INTERRUPT", "SENSITIVITY LEVEL_HIGH") : "    ";
            yield return $"{attributes}{(port.Direction == PortDirection.Input ? "input  wire" : "output wire")}{Range(port)} {port.Name}";
        }
    }

    private static string Signal(string type, string name, string signal, string parameters) =>
        $"    (* X_INTERFACE_INFO = \"xilinx.com:signal:{type}:1.0 {name} {signal}\", X_INTERFACE_PARAMETER = \"{parameters}\" *)\n    ";

    private static string Range(PortInfo port) => port.Type.Bits == 1 ? "" : $" [{port.Type.Bits - 1}:0]";
}
