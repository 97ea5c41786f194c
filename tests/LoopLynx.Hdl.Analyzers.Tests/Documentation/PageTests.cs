using System.Text.RegularExpressions;
using LoopLynx.Hdl.Tests.Documentation;
using Microsoft.CodeAnalysis;

namespace LoopLynx.Hdl.Analyzers.Tests.Documentation;

/// <summary>Every rule has a page; its example gives exactly the page's messages, and the fixes give exactly the page's second example.</summary>
public partial class PageTests
{
    public static TheoryData<string> Codes => [.. Analysis.Rules.SelectMany(r => r.SupportedDiagnostics).Select(d => d.Id).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_rule_has_a_page_an_example_and_a_line_in_the_index()
    {
        var codes = Codes.Select(row => row.Data).ToList();
        Assert.Equal(codes, Directory.EnumerateFiles(Repository.Path("docs/errors"), "HDL1*.md").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal));
        Assert.Equal(codes, Directory.EnumerateFiles(Repository.Path("tests/LoopLynx.Hdl.Analyzers.Tests/Mistakes"), "*.cs").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal));
        Assert.Equal(codes, IndexLine().Matches(Repository.Read("docs/errors/README.md")).Select(m => m.Groups[1].Value));
        Assert.Equal(codes, ReleaseLine().Matches(Repository.Read("hw/LoopLynx.Hdl.Analyzers/AnalyzerReleases.Unshipped.md")).Select(m => m.Groups[1].Value));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task The_page_shows_the_example_and_its_exact_messages(string code)
    {
        var example = Repository.Read($"tests/LoopLynx.Hdl.Analyzers.Tests/Mistakes/{code}.cs");
        var found = await Analysis.Run(Sources.Compile(example, $"{code}.cs"));
        Assert.All(found, d => Assert.Equal(code, d.Id));
        Block.Check($"docs/errors/{code}.md", "csharp", 0, example);
        Block.Check($"docs/errors/{code}.md", "text", 0, string.Concat(found.Select(d => $"{Text(d)}\n")));
    }

    [Theory]
    [InlineData("HDL1001")]
    [InlineData("HDL1003")]
    [InlineData("HDL1004")]
    [InlineData("HDL1005")]
    [InlineData("HDL1007")]
    public async Task The_page_shows_what_the_fix_writes(string code)
    {
        var example = Repository.Read($"tests/LoopLynx.Hdl.Analyzers.Tests/Mistakes/{code}.cs");
        var written = await Analysis.Fix(code, example);
        Block.Check($"docs/errors/{code}.md", "csharp", 1, written);
        var compilation = Sources.Compile(written, $"{code}.cs");
        Assert.Empty(await Analysis.Run(compilation));
        Assert.DoesNotContain(compilation.GetDiagnostics(TestContext.Current.CancellationToken), d => d.Severity >= DiagnosticSeverity.Warning);
    }

    private static string Text(Microsoft.CodeAnalysis.Diagnostic found)
    {
        var start = found.Location.GetLineSpan().StartLinePosition;
        return $"{found.Location.SourceTree!.FilePath}({start.Line + 1},{start.Character + 1}): {found.Severity.ToString().ToLowerInvariant()} {found.Id}: {found.GetMessage()}";
    }

    [GeneratedRegex(@"^- \[(HDL1[0-9]{3})\]\(\1\.md\)", RegexOptions.Multiline)]
    private static partial Regex IndexLine();

    [GeneratedRegex("^(HDL1[0-9]{3}) ", RegexOptions.Multiline)]
    private static partial Regex ReleaseLine();
}
