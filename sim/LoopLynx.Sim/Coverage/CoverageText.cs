using System.Globalization;
using System.Text;
using LoopLynx.Hdl.Coverage;

namespace LoopLynx.Sim.Coverage;

/// <summary>A report as text: tables of files and of classes, then every point that no test has hit.</summary>
public static class CoverageText
{
    /// <summary>The tables, the list of at most <paramref name="maxMissed"/> gaps, and what is waived.</summary>
    public static string Of(CoverageReport report, int maxMissed = int.MaxValue)
    {
        var text = new StringBuilder();
        Table(text, "file", report, report.Files, (point, file) => point.File == file);
        text.Append('\n');
        Table(text, "definition", report, report.Classes, (point, name) => point.Class == name);
        var missed = Missed(report).ToList();
        text.Append(missed.Count == 0 ? "\nnothing is missed\n" : "\nnot covered:\n");
        text.AppendJoin("", missed.Take(maxMissed).Select(line => $"  {line}\n"));
        text.Append(missed.Count > maxMissed ? $"  and {missed.Count - maxMissed} more\n" : "");
        foreach (var (reason, points) in report.Points.Where(p => p.Waived is not null).GroupBy(p => p.Waived!).Select(g => (g.Key, g)))
        {
            text.Append(CultureInfo.InvariantCulture, $"waived ({reason}): {string.Join(", ", points.Select(Name).Distinct())}\n");
        }

        text.AppendJoin("", report.IdleWaivers.Select(w => $"this waiver excuses nothing, remove it: {w} -- {w.Reason}\n"));
        return text.ToString();
    }

    /// <summary>The gaps, one line each: <c>Mac.cs(42) arm default (Mac)</c>. Bits of a signal that follow each other are one gap, and so are like points on one line.</summary>
    public static IEnumerable<string> Missed(CoverageReport report)
    {
        foreach (var group in report.Points.Where(p => p.IsMissed).GroupBy(p => (p.File, p.Line, p.Kind, p.Class, p.Name)))
        {
            var (first, count) = (group.First(), group.Select(p => p.Ordinal).Distinct().Count());
            var bits = first.Kind == CoverageKind.Toggle && first.Bits > 1 ? $"{Signal(first)}[{Ranges(group.Select(p => p.Bit).Distinct().Order())}]{Direction(first)}" : first.Name;
            yield return $"{first.Place} {first.Kind.ToString().ToLowerInvariant()} {bits}".TrimEnd() + $" ({first.Class}{(count > 1 ? $", {count} times" : "")})";
        }
    }

    private static string Name(CoveragePoint point) => point.Names.First();

    private static string Signal(CoveragePoint point) => point.Name[..point.Name.LastIndexOf(' ')];

    private static string Direction(CoveragePoint point) => point.Name[point.Name.LastIndexOf(' ')..];

    // 7:4, 2
    private static string Ranges(IEnumerable<int> bits)
    {
        var ranges = new List<(int Low, int High)>();
        foreach (var bit in bits)
        {
            if (ranges.Count > 0 && ranges[^1].High == bit - 1)
            {
                ranges[^1] = (ranges[^1].Low, bit);
            }
            else
            {
                ranges.Add((bit, bit));
            }
        }

        return string.Join(", ", Enumerable.Reverse(ranges).Select(r => r.Low == r.High ? $"{r.Low}" : $"{r.High}:{r.Low}"));
    }

    private static void Table(StringBuilder text, string title, CoverageReport report, IEnumerable<string> rows, Func<CoveragePoint, string, bool> belongs)
    {
        var names = rows.ToList();
        var width = names.Append("total").Max(n => n.Length) + 2;
        var kinds = CoverageReport.Kinds.Where(kind => report.Points.Any(p => p.Kind == kind)).ToList();
        text.Append(title.PadRight(width)).AppendJoin("", kinds.Select(k => $"{Heading(k),22}")).Append('\n');
        foreach (var name in names)
        {
            text.Append(name.PadRight(width)).AppendJoin("", kinds.Select(k => $"{Cell(report.Count(k, p => belongs(p, name))),22}")).Append('\n');
        }

        text.Append("total".PadRight(width)).AppendJoin("", kinds.Select(k => $"{Cell(report.Count(k)),22}")).Append('\n');
    }

    /// <summary>The plural of a kind.</summary>
    internal static string Heading(CoverageKind kind) => $"{kind.ToString().ToLowerInvariant()}s";

    /// <summary><c>12/14  85.7 %</c></summary>
    internal static string Cell(CoverageCount count) => count is { Total: 0, Waived: 0 } ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{count.Hit}/{count.Total}{(count.Waived > 0 ? $" (+{count.Waived})" : "")} {count.Percent,5:0.0} %");
}
