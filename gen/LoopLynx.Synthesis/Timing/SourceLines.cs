using System.Text.RegularExpressions;
using LoopLynx.Gen;

namespace LoopLynx.Synthesis.Timing;

/// <summary>Finds the C# line of something in a netlist: the emitted text has it as a comment beside each declaration.</summary>
public sealed partial class SourceLines
{
    private readonly Dictionary<string, string[]> _lines;

    /// <summary>Reads the emitted files.</summary>
    public SourceLines(IEnumerable<VerilogFile> files) => _lines = files.ToDictionary(f => Path.GetFileNameWithoutExtension(f.Name), f => f.Text.Split('\n'));

    /// <summary>File and line of a register, wire, memory or operation of a module; empty where the text doesn't say.</summary>
    /// <param name="module">The module.</param>
    /// <param name="name">Its name in the netlist.</param>
    public string Of(string module, string name)
    {
        if (!_lines.TryGetValue(module, out var lines))
        {
            return "";
        }

        if (Position().Match(name) is { Success: true } position && int.TryParse(position.Groups[1].Value, out var number) && number <= lines.Length)
        {
            return Comment().Match(lines[number - 1]) is { Success: true } there ? there.Groups[1].Value : $"{module}.v:{number}";
        }

        // Memories and generated cells go on behind a dot; a RAM's output register is named after its read.
        var word = Word().Match(name).Value;
        string[] stems =
        [
            word,
            word.EndsWith("_row", StringComparison.Ordinal) ? word[..^4] : word.EndsWith("_in_range", StringComparison.Ordinal) ? word[..^9] : word,
        ];
        foreach (var line in stems.SelectMany(stem => lines.Where(l => Declares(l, stem))))
        {
            if (Comment().Match(line) is { Success: true } found)
            {
                return found.Groups[1].Value;
            }
        }

        var first = Array.FindIndex(lines, l => Declares(l, word));
        return first < 0 ? "" : $"{module}.v:{first + 1}";
    }

    private static bool Declares(string line, string name)
    {
        var at = line.IndexOf($" {name}", StringComparison.Ordinal);
        return at >= 0 && (at + 1 + name.Length >= line.Length || line[at + 1 + name.Length] is ';' or ' ' or ',' or '[')
            && Declaration().IsMatch(line);
    }

    [GeneratedRegex(@"^\s*(\(\*.*\*\) )?(input|output|reg|wire|assign)\b")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\.v:(\d+)")]
    private static partial Regex Position();

    [GeneratedRegex(@"//.*?(\w+\.cs:\d+)")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\w*")]
    private static partial Regex Word();
}
