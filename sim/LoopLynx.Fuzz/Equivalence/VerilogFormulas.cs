using System.Globalization;
using System.Text.RegularExpressions;

namespace LoopLynx.Fuzz.Equivalence;

/// <summary>
/// What Yosys writes of a Verilog module: functions of a state. Here they become plain values of the present and the next state, because the solver
/// opens a function again at every use.
/// </summary>
internal sealed partial class VerilogFormulas
{
    private readonly string _top;
    private readonly Dictionary<string, int> _wires;

    /// <summary>Reads the text of <c>write_smt2 -wires</c>.</summary>
    public VerilogFormulas(string text, string top)
    {
        _top = top;
        _wires = WireForm().Matches(text).DistinctBy(m => m.Groups["name"].Value).ToDictionary(m => m.Groups["name"].Value, m => int.Parse(m.Groups["width"].Value, CultureInfo.InvariantCulture));
        var lines = text.Split('\n').Where(l => l.StartsWith("(declare-fun", StringComparison.Ordinal) || l.StartsWith("(define-fun", StringComparison.Ordinal) || l.StartsWith(' ') || l.StartsWith(')'));
        var functions = string.Join('\n', lines);
        var transition = functions.IndexOf($"(define-fun |{top}_t| ", StringComparison.Ordinal);
        var steps = functions[transition..];
        Present = Of(functions[..transition], "now") + "\n" + Of(functions[..transition], "next");
        Initial = Is("i", "now");
        Step = Of(steps, "now") + "\n" + Is("t", "now");
    }

    /// <summary>Definitions of the values in both states.</summary>
    public string Present { get; }

    /// <summary>That the present state is that of power-up.</summary>
    public string Initial { get; }

    /// <summary>That the next state follows the present one.</summary>
    public string Step { get; }

    /// <summary>The term of a wire in a state, <c>now</c> or <c>next</c>; null where the Verilog has no such wire.</summary>
    /// <exception cref="FormatException">It has one of another width.</exception>
    public string? Value(string path, int bits, string state)
    {
        // A word of Verilog that names something gets an underscore.
        var row = path.IndexOf('[', StringComparison.Ordinal);
        return Wire(path, bits, state) ?? Wire(row < 0 ? $"{path}_" : $"{path[..row]}_{path[row..]}", bits, state);
    }

    private string? Wire(string path, int bits, string state) =>
        !_wires.TryGetValue(path, out var width) ? null
        : width != bits ? throw new FormatException($"'{path}' has {width} bits in the Verilog and {bits} in the netlist")
        : bits == 1 ? BitVectors.Bit($"|{state} {_top}_n {path}|") : $"|{state} {_top}_n {path}|";

    private string Is(string function, string state) => $"(assert |{state} {_top}_{function}|)\n";

    private static string Of(string functions, string state)
    {
        var text = Parameter().Replace(functions, "()");
        return Use().Replace(Head().Replace(text, m => $"({m.Groups["what"].Value} |{state} {m.Groups["name"].Value}|"),
            m => $"|{(m.Groups["state"].Value == "state" ? state : "next")} {m.Groups["name"].Value}|");
    }

    [GeneratedRegex(@"^; yosys-smt2-(input|output|register|wire) (?<name>\S+) (?<width>\d+)", RegexOptions.Multiline)]
    private static partial Regex WireForm();

    // (|m_s|) of a declaration, ((state |m_s|)) or ((state |m_s|) (next_state |m_s|)) of a definition.
    [GeneratedRegex(@"\(\|[^|]*_s\|\)|\(\(state \|[^|]*_s\|\)( \(next_state \|[^|]*_s\|\))?\)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\((?<what>declare-fun|define-fun) \|(?<name>[^|]*)\|")]
    private static partial Regex Head();

    [GeneratedRegex(@"\(\|(?<name>[^|]*)\| (?<state>state|next_state)\)")]
    private static partial Regex Use();
}
