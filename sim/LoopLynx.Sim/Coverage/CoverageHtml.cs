using System.Net;
using System.Text;
using LoopLynx.Hdl.Coverage;

namespace LoopLynx.Sim.Coverage;

/// <summary>A report as one HTML page without anything outside it: tables, gaps, and the C# sources with the points of every line.</summary>
public static class CoverageHtml
{
    private const string Style = """
        body{font:14px/1.4 system-ui,sans-serif;margin:2em auto;max-width:110em;padding:0 1em;color:#1b1b1b}
        table{border-collapse:collapse;margin:1em 0}th,td{padding:2px 10px;text-align:right;border-bottom:1px solid #ddd;white-space:nowrap}
        th:first-child,td:first-child{text-align:left}.low{background:#fbdcdc}.some{background:#fdf3cf}.all{background:#dcf2dc}.waived{background:#e3e3f3}
        pre{font:12px/1.45 ui-monospace,monospace;overflow-x:auto;margin:0 0 2em}pre span{display:block}i{font-style:normal;color:#666;display:inline-block;min-width:11em;padding-right:1em;text-align:right}
        li{font-family:ui-monospace,monospace;font-size:12px}summary{cursor:pointer;font-weight:600;margin:.5em 0}
        """;

    /// <summary>The page. <paramref name="root"/>: folder that the sources' names start from; a source that isn't there, or has changed since the run, is left out and said to be.</summary>
    public static string Of(CoverageReport report, string title, string root)
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><title>").Append(Escape(title)).Append("</title>\n<style>\n")
            .Append(Style).Append("\n</style></head><body>\n<h1>").Append(Escape(title)).Append("</h1>\n");
        page.Append("<p>A line is green when everything that it makes was exercised, yellow when some of it was, red when nothing was. The number before a line is points hit of all its points; hover for what is missing.</p>\n");
        Table(page, "File", report, report.Files, (p, file) => p.File == file, file => $"<a href=\"#{Anchor(file)}\">{Escape(file)}</a>");
        Table(page, "Definition", report, report.Classes, (p, name) => p.Class == name, Escape);
        List(page, "Not covered", CoverageText.Missed(report));
        List(page, "Waived", report.Points.Where(p => p.Waived is not null).Select(p => $"{p.Names.First()} ({p.Class}): {p.Waived}").Distinct());
        List(page, "Waivers that excuse nothing", report.IdleWaivers.Select(w => $"{w} -- {w.Reason}"));
        foreach (var file in report.Files)
        {
            Source(page, report, file, root);
        }

        return page.Append("</body></html>\n").ToString();
    }

    private static void Table(StringBuilder page, string heading, CoverageReport report, IEnumerable<string> rows, Func<CoveragePoint, string, bool> belongs, Func<string, string> cell)
    {
        var kinds = CoverageReport.Kinds.Where(kind => report.Points.Any(p => p.Kind == kind)).ToList();
        page.Append($"<table><tr><th>{heading}</th>").AppendJoin("", kinds.Select(k => $"<th>{CoverageText.Heading(k)}</th>")).Append("</tr>\n");
        foreach (var row in rows)
        {
            page.Append($"<tr><td>{cell(row)}</td>").AppendJoin("", kinds.Select(k => Cell(report.Count(k, p => belongs(p, row))))).Append("</tr>\n");
        }

        page.Append("<tr><th>total</th>").AppendJoin("", kinds.Select(k => Cell(report.Count(k)))).Append("</tr></table>\n");
    }

    private static string Cell(CoverageCount count) =>
        $"<td{(count.Total == 0 ? "" : $" class=\"{(count.Hit == count.Total ? "all" : count.Percent < 50 ? "low" : "some")}\"")}>{Escape(CoverageText.Cell(count))}</td>";

    private static void List(StringBuilder page, string title, IEnumerable<string> items)
    {
        var all = items.ToList();
        if (all.Count > 0)
        {
            page.Append($"<details><summary>{title} ({all.Count})</summary><ul>\n").AppendJoin("", all.Select(i => $"<li>{Escape(i)}</li>\n")).Append("</ul></details>\n");
        }
    }

    private static void Source(StringBuilder page, CoverageReport report, string file, string root)
    {
        page.Append($"<h2 id=\"{Anchor(file)}\">{Escape(file)}</h2>\n");
        var path = Path.Combine(root, file);
        var text = File.Exists(path) ? File.ReadAllText(path) : null;
        if (text is null || (report.Database.Sources.GetValueOrDefault(file) is { Length: > 0 } hash && hash != SourceNames.Hash(text)))
        {
            page.Append($"<p>The source {(text is null ? "isn't here" : "has changed since the run")}.</p>\n");
            return;
        }

        var points = report.Points.Where(p => p.File == file).ToLookup(p => p.Line);
        page.Append("<pre>\n");
        foreach (var (index, line) in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Index())
        {
            var here = points[index + 1].ToList();
            var missed = string.Join("\n", here.Where(p => !p.IsHit).Select(p => $"{p.Kind.ToString().ToLowerInvariant()} {p.Names.First()} ({p.Class}){(p.Waived is null ? "" : ": waived, " + p.Waived)}").Distinct().Take(20));
            page.Append($"<span{Class(here)}{(missed.Length == 0 ? "" : $" title=\"{Escape(missed).Replace("\n", "&#10;", StringComparison.Ordinal)}\"")}>")
                .Append($"<i>{(here.Count == 0 ? "" : $"{here.Count(p => p.IsHit)}/{here.Count}")} {index + 1,5}</i>{Escape(line)}</span>\n");
        }

        page.Append("</pre>\n");
    }

    private static string Class(IReadOnlyList<CoveragePoint> points) => points.Count == 0 ? ""
        : CoverageReport.Status(points) switch { true => " class=\"all\"", null => " class=\"waived\"", false => points.Any(p => p.IsHit) ? " class=\"some\"" : " class=\"low\"" };

    private static string Anchor(string file) => Escape(file.Replace(' ', '_'));

    // Control characters may stand in C# texts, and not in a page.
    private static string Escape(string text) => WebUtility.HtmlEncode(string.Concat(text.Select(c => c is '\t' or '\n' || !char.IsControl(c) ? c : '\uFFFD')));
}
