using System.Text.RegularExpressions;
using LoopLynx.Hdl.Tests.Documentation;

namespace LoopLynx.Packages.Tests;

/// <summary>The guide's page about packages shows the example as it is.</summary>
public partial class GuideTests
{
    private const string Page = "docs/guide/12-packages.md";
    private const string Example = "examples/PackageConsumer";

    [Fact]
    public void The_page_shows_the_example_s_code()
    {
        Block.Check(Page, "csharp", 0, Repository.Read($"{Example}/Grayscale.cs"));
        Block.Check(Page, "csharp", 1, Repository.Read($"{Example}/Program.cs"));
        Block.Check(Page, "text", 0, $"{PackageConsumerTests.Printed}\n");
    }

    [Theory]
    [InlineData(0, "nuget.config")]
    [InlineData(1, "PackageConsumer.csproj")]
    public void The_page_s_project_lines_are_the_example_s(int block, string file)
    {
        var lines = XmlBlock().Matches(Repository.Read(Page))[block].Groups[1].Value.Split('\n');
        var project = Repository.Read($"{Example}/{file}");
        Assert.All(lines, line => Assert.Contains(line.Trim(), project, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_package_is_in_the_page_s_table()
    {
        var projects = Directory.EnumerateFiles(Repository.Path("."), "*.csproj", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("<IsPackable>true</IsPackable>", StringComparison.Ordinal)).Select(file => Path.GetFileNameWithoutExtension(file));
        Assert.Equal(projects.Order(StringComparer.Ordinal), TableLine().Matches(Repository.Read(Page)).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("```xml\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex XmlBlock();

    [GeneratedRegex(@"^\| `(LoopLynx[A-Za-z.]*)` \|", RegexOptions.Multiline)]
    private static partial Regex TableLine();
}
