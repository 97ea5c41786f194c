using System.Text;
using LoopLynx.Formal.Tests.Harness;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Formal.Tests.Proofs;

/// <summary>The Verilog around a harness: reset in the first cycle only, everything else free, probes joined to the registers that they name.</summary>
internal static class ProofTop
{
    /// <summary>The module's name.</summary>
    public const string Name = "proof_top";

    /// <summary>Its text.</summary>
    public static string Of(Definition harness, IReadOnlyList<Probe> probes)
    {
        var paths = probes.ToDictionary(p => p.Port, p => p.Path);
        var open = harness.Ports.Where(p => !paths.ContainsKey(p.Name)).ToArray();
        var text = new StringBuilder($"module {Name} (\n    input clk");
        foreach (var port in open)
        {
            text.Append($",\n    {(port.Direction == PortDirection.Input ? "input" : "output")} {Range(port)}{port.Name}");
        }

        text.Append("\n);\nreg running = 1'b0;\nalways @(posedge clk) running <= 1'b1;\n");
        foreach (var port in harness.Ports.Where(p => paths.ContainsKey(p.Name)))
        {
            // Yosys gives a wire with this attribute to the wire of the same name that comes up out of an instance.
            text.Append($"(* hierconn *) wire {Range(port)}{Inner(paths[port.Name])};\n");
        }

        var ports = harness.Ports.Select(p => $".{p.Name}({(paths.TryGetValue(p.Name, out var path) ? Inner(path) : p.Name)})");
        return text.Append($"{harness.Name} dut (.clk(clk), .rst(!running), {string.Join(", ", ports)});\nendmodule\n").ToString();
    }

    private static string Inner(string path) => $"\\dut.{path} ";

    private static string Range(PortInfo port) => port.Type.Bits == 1 ? "" : $"[{port.Type.Bits - 1}:0] ";
}
