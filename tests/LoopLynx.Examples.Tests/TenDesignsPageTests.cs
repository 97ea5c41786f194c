using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace LoopLynx.Examples.Tests;

/// <summary>The page of the ten designs: its line counts, and the design that it shows.</summary>
public partial class TenDesignsPageTests
{
    [Fact]
    public void The_lines_are_counted()
    {
        var page = Root("docs/guide/ten-designs.md");
        var text = File.ReadAllText(page);
        var counted = Row().Replace(text, row => $"{row.Groups[1].Value}{LinesOfCode(Path.Combine(Path.GetDirectoryName(page)!, row.Groups[2].Value))} |");
        if (Environment.GetEnvironmentVariable("LOOPLYNX_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(page, counted);
            return;
        }

        Assert.Equal(11, Row().Count(text));
        Assert.Equal(counted, text);
    }

    [Fact]
    public void The_design_on_the_page_is_the_file_s() =>
        Assert.Contains(Block().Match(File.ReadAllText(Root("docs/guide/ten-designs.md"))).Groups[1].Value, File.ReadAllText(Root("examples/Primer/Crc32.cs")));

    private static int LinesOfCode(string file) => File.ReadLines(file).Count(line => Code().IsMatch(line));

    private static string Root(string relative, [CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../..", relative));

    [GeneratedRegex(@"^(\| \[[^]]+\]\(([^)]+)\) \| )\d+ \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^(?!\s*$|\s*//|using |namespace )")]
    private static partial Regex Code();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
