using System.Text.Json;
using LoopLynx.Repository.Tests.Size;

namespace LoopLynx.Repository.Tests.Figures;

/// <summary>Every page and report of the repository names the basis of its milliseconds.</summary>
public sealed class MillisecondBasisTests
{
    private static readonly string[] Left = ["bin", "obj", ".git", "artifacts", "TestResults"];

    private static IEnumerable<string> Files(string extension) => Files(new DirectoryInfo(Production.Path("")), extension);

    private static IEnumerable<string> Files(DirectoryInfo folder, string extension) =>
        folder.EnumerateFiles($"*{extension}").Select(f => f.FullName)
            .Concat(folder.EnumerateDirectories().Where(d => !Left.Contains(d.Name)).SelectMany(d => Files(d, extension)));

    private static string Relative(string file) => Path.GetRelativePath(Production.Path(""), file).Replace('\\', '/');

    [Fact]
    public void Every_page_names_the_basis_of_its_figures()
    {
        var pages = Files(".md").ToArray();
        Assert.Contains(pages, p => Relative(p) == "docs/latency.md");
        Assert.Empty(pages.SelectMany(p => MillisecondBasis.WithoutBasis(File.ReadAllText(p)).Select(section => $"{Relative(p)}: {section}")));
    }

    [Fact]
    public void Every_JSON_file_names_the_basis_of_its_figures()
    {
        var files = Files(".json").ToArray();
        Assert.Contains(files, p => Relative(p) == "constraints/reports/fast.json");
        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        Assert.Empty(files.SelectMany(p => MillisecondBasis.WithoutBasis(JsonDocument.Parse(File.ReadAllText(p), options).RootElement, Relative(p))));
    }

    [Theory]
    [InlineData("# A\nit takes 4.6 ms\n", "# A")]
    [InlineData("# A\nit takes 4.6 ms on the paper basis\n", "")]
    [InlineData("# A\non the card's basis\n## B\nit takes 3.2 ms\n", "## B")]
    [InlineData("# A\n| nodes | ms |\n|---|---|\n| 1 | 4.6 |\n", "# A")]
    [InlineData("# A\nCard basis:\n| nodes | ms |\n|---|---|\n| 1 | 3.2 |\n", "")]
    [InlineData("# A\n4.6 msec and 100 mm\n", "")]
    [InlineData("it takes 4ms\n# A\npaper basis\n", "it takes 4ms")]
    public void A_section_without_a_basis_is_found(string page, string found) => Assert.Equal(found, string.Join(';', MillisecondBasis.WithoutBasis(page)));

    [Theory]
    [InlineData("""{ "ms": 4.6 }""", "$.ms")]
    [InlineData("""{ "ms": 4.6, "basis": "paper" }""", "")]
    [InlineData("""{ "ms": 4.6, "basis": "analytical" }""", "$.ms")]
    [InlineData("""{ "basis": "card", "runs": [ { "tokenMs": 3.2 } ] }""", "$.runs[0].tokenMs")]
    [InlineData("""{ "cycles": 12, "items": 3 }""", "")]
    public void An_object_without_a_basis_is_found(string json, string found) =>
        Assert.Equal(found, string.Join(';', MillisecondBasis.WithoutBasis(JsonDocument.Parse(json).RootElement)));
}
