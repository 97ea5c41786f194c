using System.Numerics;
using System.Text;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Interpreted;

namespace LoopLynx.Gen.Tests.Support;

/// <summary>
/// Runs random inputs through the interpreted engine and through the emitted text in Icarus, and compares all outputs in every cycle.
/// Outputs are compared before each edge, so power-up values are compared too.
/// </summary>
internal static class Differential
{
    /// <summary>Runs both and compares; the first difference fails the test with the cycle and the port.</summary>
    public static void Check(Design design, int seed = 1, int cycles = 60)
    {
        using var folder = new WorkFolder(design);
        Check(folder, seed, cycles);
    }

    /// <summary>As above, in a folder that exists.</summary>
    public static void Check(WorkFolder folder, int seed, int cycles)
    {
        var top = folder.Design.Top;
        var inputs = top.Ports.Where(p => p.Direction == PortDirection.Input).ToArray();
        var outputs = top.Ports.Where(p => p.Direction == PortDirection.Output).ToArray();
        var random = new Random(seed);
        var stimulus = new StringBuilder();
        var expected = new List<string[]>();
        using var engine = new InterpretedEngine(folder.Design);
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            var bits = BigInteger.Zero;
            foreach (var domain in top.Domains)
            {
                var reset = random.Next(10) == 0;
                engine.Reset(domain, reset);
                bits = (bits << 1) | (reset != domain.ActiveLowReset ? 1 : 0);
            }

            foreach (var port in inputs)
            {
                var lanes = Values(random, port.Type);
                engine.PokeLanes(port.Name, lanes);
                bits = (bits << port.Type.Bits) | Pack(port.Type, lanes);
            }

            stimulus.AppendLine(Hex(bits));
            engine.Settle();
            expected.Add([.. outputs.Select(p => Hex(Pack(p.Type, engine.PeekLanes(p.Name))))]);
            engine.Tick();
        }

        File.WriteAllText(Path.Combine(folder.Path, "stimulus.hex"), stimulus.ToString());
        File.WriteAllText(Path.Combine(folder.Path, "bench.v"), Bench(folder, top, inputs, outputs, cycles));
        Tool.Check(folder.Path, "iverilog", ["-g2005", "-o", "bench.vvp", "-s", "bench", "bench.v", .. folder.Files]);
        var lines = Tool.Check(folder.Path, "vvp", "-n", "bench.vvp").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length == cycles, string.Join('\n', lines));
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            var actual = lines[cycle].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (var port = 0; port < outputs.Length; port++)
            {
                var value = actual[port].TrimStart('0') is { Length: > 0 } digits ? digits : "0";
                Assert.True(value == expected[cycle][port],
                    $"seed {seed}, cycle {cycle}, {outputs[port].Name}: {value} from Verilog, {expected[cycle][port]} from the interpreter\n{Text(folder)}");
            }
        }
    }

    private static string Text(WorkFolder folder) => string.Join('\n', folder.Files.Select(f => File.ReadAllText(Path.Combine(folder.Path, f))));

    private static string Bench(WorkFolder folder, Definition top, PortInfo[] inputs, PortInfo[] outputs, int cycles)
    {
        var text = new StringBuilder();
        var width = Math.Max(1, top.Domains.Length + inputs.Sum(p => p.Type.Bits));
        var name = (string port) => "p_" + port;
        text.AppendLine("module bench;");
        text.AppendLine($"reg [{width - 1}:0] stimulus [0:{cycles - 1}]; integer c;");
        text.AppendLine("reg clock; initial clock = 0;");
        foreach (var domain in top.Domains)
        {
            text.AppendLine($"reg {name(domain.Reset)};");
        }

        foreach (var port in top.Ports)
        {
            text.AppendLine($"{(port.Direction == PortDirection.Input ? "reg" : "wire")} [{port.Type.Bits - 1}:0] {name(port.Name)};");
        }

        var connections = top.Domains.SelectMany(d => new[] { $".{d.Clock}(clock)", $".{d.Reset}({name(d.Reset)})" })
            .Concat(top.Ports.Select(p => $".{VerilogName(p.Name)}({name(p.Name)})"));
        text.AppendLine($"{folder.Top} dut({string.Join(", ", connections)});");
        var driven = top.Domains.Select(d => name(d.Reset)).Concat(inputs.Select(p => name(p.Name))).ToArray();
        text.AppendLine("initial begin $readmemh(\"stimulus.hex\", stimulus);");
        text.AppendLine($"for (c = 0; c < {cycles}; c = c + 1) begin");
        if (driven.Length > 0)
        {
            text.AppendLine($"{{{string.Join(", ", driven)}}} = stimulus[c];");
        }

        text.AppendLine($"#1 $display(\"{string.Concat(outputs.Select(_ => "%h "))}\", {string.Join(", ", outputs.Select(p => name(p.Name)))});");
        text.AppendLine("#1 clock = 1; #1 clock = 0; end end");
        return text.AppendLine("endmodule").ToString();
    }

    /// <summary>Ports named like keywords get an underscore.</summary>
    private static string VerilogName(string port) => port is "reg" or "wire" or "begin" or "output" or "case" ? port + "_" : port;

    /// <summary>Random lanes; edge values are frequent.</summary>
    private static BigInteger[] Values(Random random, HdlType type) => [.. Enumerable.Range(0, type.Lanes).Select(_ => random.Next(6) switch
    {
        0 => type.Min,
        1 => type.Max,
        2 => BigInteger.Zero,
        3 => type.Wrap(random.Next(8)),
        _ => type.Wrap(new BigInteger(Bytes(random, (type.Width / 8) + 1))),
    })];

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static BigInteger Pack(HdlType type, IReadOnlyList<BigInteger> lanes)
    {
        var element = new HdlType(type.Width, false);
        return lanes.Reverse().Aggregate(BigInteger.Zero, (bits, lane) => (bits << type.Width) | element.Wrap(lane));
    }

    private static string Hex(BigInteger value) => value.IsZero ? "0" : value.ToString("x", null).TrimStart('0');
}
