using System.Globalization;
using System.Numerics;
using System.Text;
using LoopLynx.Gen;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Verilator;

namespace LoopLynx.Fuzz.Engines;

/// <summary>The emitted Verilog of a batch in Icarus, which simulates unknown bits too, against the traces.</summary>
public static class IcarusCheck
{
    /// <summary>Name of the engine in reports.</summary>
    public const string Name = "icarus";

    private static readonly ExternalTool Compiler = new("iverilog", "apt-get install iverilog");
    private static readonly ExternalTool Runner = new("vvp", "apt-get install iverilog");

    /// <summary>Whether it can run.</summary>
    public static bool IsInstalled => Compiler.IsInstalled && Runner.IsInstalled;

    /// <summary>The first mismatch of each case that has one.</summary>
    public static IEnumerable<(FuzzCase Case, Mismatch Mismatch)> Run(BatchDesign batch, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("looplynx-fuzz-");
        try
        {
            return Compare(batch, Simulate(batch, folder.FullName, cancel));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string[] Simulate(BatchDesign batch, string folder, CancellationToken cancel)
    {
        var files = VerilogBackend.WriteTo(batch.Design, folder);
        File.WriteAllLines(Path.Combine(folder, "stimulus.hex"), Enumerable.Range(0, batch.Cycles).Select(cycle => Stimulus(batch, cycle)));
        File.WriteAllText(Path.Combine(folder, "bench.v"), Bench(batch, Path.GetFileNameWithoutExtension(files[^1])));
        Run(Compiler, ["-g2005", "-o", "bench.vvp", "-s", "bench", "bench.v", .. files], folder, cancel);
        var lines = Run(Runner, ["-n", "bench.vvp"], folder, cancel).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == batch.Cycles ? lines : throw new SimulationException($"Icarus printed {lines.Length} lines for {batch.Cycles} cycles: {lines.FirstOrDefault()}");
    }

    private static string Run(ExternalTool tool, string[] arguments, string folder, CancellationToken cancel)
    {
        var result = tool.Run(arguments, folder, TimeSpan.FromMinutes(5), cancel);
        return result.ExitCode == 0 ? result.Output : throw new SimulationException($"{tool.Program} failed: {result.Log.Split('\n')[0]}");
    }

    // Resets first, then inputs in the order of ports: the most significant bits come first.
    private static string Stimulus(BatchDesign batch, int cycle)
    {
        var bits = new StringBuilder();
        foreach (var domain in batch.Design.Top.Domains)
        {
            bits.Append(Trace.Reset(domain, cycle) ? '1' : '0');
        }

        foreach (var trace in batch.Cases.Select(c => c.Trace))
        {
            foreach (var (port, value) in trace.InputPorts.Zip(trace.Inputs[cycle]))
            {
                bits.Append(PortBits.Pack(port.Type, value).ToString($"b{port.Type.Bits}", CultureInfo.InvariantCulture).TrimStart('0').PadLeft(port.Type.Bits, '0'));
            }
        }

        return BigInteger.Parse($"0{bits}", NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture).ToString("x", CultureInfo.InvariantCulture);
    }

    private static List<(FuzzCase Case, Mismatch Mismatch)> Compare(BatchDesign batch, string[] lines)
    {
        var found = new List<(FuzzCase, Mismatch)>();
        var words = lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var first = 0;
        foreach (var one in batch.Cases)
        {
            var ports = one.Trace.OutputPorts;
            var differences = from cycle in Enumerable.Range(0, batch.Cycles)
                              from p in Enumerable.Range(0, ports.Length)
                              let expected = PortBits.Hex(ports[p].Type, one.Trace.Outputs[cycle][p])
                              let actual = PortBits.Trim(words[cycle][first + p])
                              where expected != actual
                              select new Mismatch(Name, cycle, $"'{ports[p].Name}' ({ports[p].Type})", expected, actual);
            found.AddRange(differences.Take(1).Select(mismatch => (one, mismatch)));
            first += ports.Length;
        }

        return found;
    }

    private static string Bench(BatchDesign batch, string name)
    {
        var top = batch.Design.Top;
        var inputs = top.Ports.Where(p => p.Direction == PortDirection.Input).Select(p => p.Name).ToArray();
        var outputs = top.Ports.Where(p => p.Direction == PortDirection.Output).Select(p => p.Name).ToArray();
        var width = Math.Max(1, top.Domains.Length + top.Ports.Where(p => p.Direction == PortDirection.Input).Sum(p => p.Type.Bits));
        var driven = string.Join(", ", top.Domains.Select(d => d.Reset).Concat(inputs));
        var connections = top.Domains.SelectMany(d => new[] { $".{d.Clock}(clock)", $".{d.Reset}({d.Reset})" }).Concat(top.Ports.Select(p => $".{p.Name}({p.Name})"));
        var text = new StringBuilder($"module bench;\nreg [{width - 1}:0] stimulus [0:{batch.Cycles - 1}]; integer c;\nreg clock; initial clock = 0;\n");
        foreach (var domain in top.Domains)
        {
            text.Append(CultureInfo.InvariantCulture, $"reg {domain.Reset};\n");
        }

        foreach (var port in top.Ports)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(port.Direction == PortDirection.Input ? "reg" : "wire")} [{port.Type.Bits - 1}:0] {port.Name};\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $$"""
            {{name}} dut({{string.Join(", ", connections)}});
            initial begin $readmemh("stimulus.hex", stimulus);
            for (c = 0; c < {{batch.Cycles}}; c = c + 1) begin
            {{{driven}}} = stimulus[c];
            #1 $display("{{string.Concat(outputs.Select(_ => "%h "))}}", {{string.Join(", ", outputs)}});
            #1 clock = 1; #1 clock = 0; end end
            endmodule

            """).ToString();
    }
}
