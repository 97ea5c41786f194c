using System.Globalization;
using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace LoopLynx.Sim.Coverage;

/// <summary>A reason why some points need no test. The first three parts choose points; each may have <c>*</c> and <c>?</c> in it.</summary>
/// <param name="Class">C# class of the definition.</param>
/// <param name="Kind"><c>line</c>, <c>arm</c>, <c>toggle</c>, <c>state</c>, <c>transition</c> or <c>cover</c>.</param>
/// <param name="What">As the summary names the point: <c>Mac.cs(42)</c>, <c>Mac.cs(42) default</c>, <c>count[7] rising</c>, <c>phase.Drain</c>; also <c>count</c>, <c>count[7]</c> and <c>count[7:4]</c>.</param>
/// <param name="Reason">For the report.</param>
public sealed partial record Waiver(string Class, string Kind, string What, string Reason)
{
    private const string Separator = " -- ";

    /// <summary>Reads a waiver file: a line is <c>CLASS KIND WHAT -- REASON</c>; empty lines and lines that begin with <c>#</c> are left out.</summary>
    /// <exception cref="SimulationException">A line is something else; one line that names it.</exception>
    public static IReadOnlyList<Waiver> Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SimulationException($"can't read the waiver file '{path}': {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Reads the text of a waiver file; <paramref name="name"/> is for messages.</summary>
    public static IReadOnlyList<Waiver> Parse(string text, string name = "waivers")
    {
        var waivers = new List<Waiver>();
        foreach (var (number, line) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#'))
            {
                continue;
            }

            var split = line.IndexOf(Separator, StringComparison.Ordinal);
            var parts = (split < 0 ? line : line[..split]).Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var reason = split < 0 ? "" : line[(split + Separator.Length)..].Trim();
            waivers.Add(parts.Length == 3 && reason.Length > 0
                ? new Waiver(parts[0], parts[1], parts[2], reason)
                : throw new SimulationException($"{name}({number + 1}): a waiver is 'CLASS KIND WHAT -- REASON', not '{line.Trim()}'"));
        }

        return waivers;
    }

    /// <summary><c>Mac arm Mac.cs(42) default</c></summary>
    public override string ToString() => $"{Class} {Kind} {What}";

    /// <summary>Whether it speaks about a point.</summary>
    public bool Matches(CoveragePoint point) => Fits(Class, point.Class) && Fits(Kind, point.Kind.ToString().ToLowerInvariant())
        && (point.Names.Any(name => Fits(What, name)) || FitsRange(point));

    // count[7:4] or count[7:4] rising
    private bool FitsRange(CoveragePoint point) => Range().Match(What) is { Success: true } range
        && int.TryParse(range.Groups["high"].Value, CultureInfo.InvariantCulture, out var high) && int.TryParse(range.Groups["low"].Value, CultureInfo.InvariantCulture, out var low)
        && point.Bit >= low && point.Bit <= high && point.Names.Any(name => Fits($"{range.Groups["signal"]}{range.Groups["direction"]}", name));

    [GeneratedRegex(@"^(?<signal>.*)\[(?<high>[0-9]+):(?<low>[0-9]+)\](?<direction>.*)$")]
    private static partial Regex Range();

    private static bool Fits(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
