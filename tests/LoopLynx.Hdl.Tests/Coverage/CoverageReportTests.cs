using System.Xml.Linq;
using LoopLynx.Hdl.Coverage;
using LoopLynx.Hdl.Tests.Documentation;
using LoopLynx.Sim;
using LoopLynx.Sim.Coverage;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Coverage;

/// <summary>What people read: the text, the page, the waivers.</summary>
public class CoverageReportTests
{
    private static readonly CoverageDatabase Filled = CoverageRun.Of(EngineKind.Interpreted, new Tank(4), (1, 0), (0, 3));

    [Fact]
    public void The_text_counts_by_file_and_by_class()
    {
        var text = CoverageText.Of(CoverageReport.Of(Filled), maxMissed: 2);
        Assert.StartsWith("file ", text);
        Assert.Contains("tests/LoopLynx.Hdl.Tests/Coverage/Tank.cs  ", text);
        Assert.Equal(4, text.Split(" 8/11  72.7 %").Length - 1);
        Assert.Contains("not covered:\n  Tank.cs(", text);
        Assert.Matches("\n  and [0-9]+ more\n$", text);
    }

    [Fact]
    public void A_waived_point_is_shown_as_waived_and_never_as_hit()
    {
        var waivers = Waiver.Parse($"""
            # why
            Tank line Tank.cs({CoverageRun.Line("to drain")}) -- tanks are never emptied
            Tank state step.Drain -- tanks are never emptied
            Tank toggle level[3:2] -- small tanks
            Tank state step.Idle -- is hit
            Tank arm Nowhere.cs(1) -- is nowhere
            """);
        var (plain, waived) = (CoverageReport.Of(Filled), CoverageReport.Of(Filled, waivers));
        var (before, after) = (plain.Count(CoverageKind.State), waived.Count(CoverageKind.State));
        Assert.Equal((new CoverageCount(2, 3, 0), new CoverageCount(2, 2, 1)), (before, after));
        Assert.Equal(plain.Points.Count(p => p.IsHit), waived.Points.Count(p => p.IsHit));
        Assert.Equal(4, waived.Points.Count(p => p is { Waived: "small tanks", IsHit: false }));
        Assert.Equal([waivers[3], waivers[4]], waived.IdleWaivers);
        var text = CoverageText.Of(waived);
        Assert.Contains("waived (small tanks): level[2] falling, level[3] falling, level[2] rising, level[3] rising\n", text);
        Assert.Contains("this waiver excuses nothing, remove it: Tank state step.Idle -- is hit\n", text);
        Assert.Contains("2/2 (+1) 100.0 %", text);
        Assert.Equal("waivers(2): a waiver is 'CLASS KIND WHAT -- REASON', not 'Tank line'", Assert.Throws<SimulationException>(() => Waiver.Parse("\nTank line\n")).Message);
    }

    [Fact]
    public void The_page_is_well_formed_and_shows_every_line()
    {
        var page = CoverageHtml.Of(CoverageReport.Of(Filled), "Tanks & <more>", Repository.Path(""));
        Assert.DoesNotContain("http", page);
        Assert.DoesNotContain("src=", page);
        var html = XDocument.Parse(page["<!DOCTYPE html>".Length..]);
        Assert.Equal("Tanks & <more>", html.Descendants("h1").Single().Value);
        Assert.Contains(html.Descendants("li"), li => li.Value.Contains("cover three < four", StringComparison.Ordinal) || li.Value.Contains("step.Drain", StringComparison.Ordinal));
        var lines = html.Descendants("pre").Single().Elements("span").ToList();
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Path(""), "tests/LoopLynx.Hdl.Tests/Coverage/Tank.cs")).TrimEnd().Split('\n').Length, lines.Count);
        string? Class(string comment) => lines[CoverageRun.Line(comment) - 1].Attribute("class")?.Value;
        Assert.Equal(("all", "low", "some", null), (Class("fill"), Class("to drain"), Class("switch"), lines[0].Attribute("class")?.Value));
        Assert.Contains("step.Go(Step.Drain)", lines[CoverageRun.Line("to drain") - 1].Value);
        Assert.Contains("line Tank.cs", lines[CoverageRun.Line("to drain") - 1].Attribute("title")!.Value);
    }

    [Fact]
    public void A_source_that_changed_is_not_shown()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        Assert.Contains("The source isn't here.", CoverageHtml.Of(CoverageReport.Of(Filled), "x", folder));
        var path = Path.Combine(folder, "tests/LoopLynx.Hdl.Tests/Coverage/Tank.cs");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "other");
        Assert.Contains("The source has changed since the run.", CoverageHtml.Of(CoverageReport.Of(Filled), "x", folder));
        Directory.Delete(folder, recursive: true);
    }
}
