using System.Text.RegularExpressions;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Documentation;

/// <summary>The code of the guide and of the language reference is code of this test project, and runs.</summary>
public partial class GuideTests
{
    private const string Guide = "docs/guide/01-first-module.md";
    private const string Source = "tests/LoopLynx.Hdl.Tests/Documentation/Guide/";

    [Fact]
    public void The_first_module_s_page_shows_the_code_that_runs()
    {
        Block.Check(Guide, "csharp", 0, Repository.Read($"{Source}MovingSum.cs"));
        Block.Check(Guide, "csharp", 1, Repository.Read($"{Source}MovingSumTests.cs"));
        Block.Check(Guide, "text", 0, NetlistOfTheGuide());
    }

    [Fact]
    public void The_failing_bench_on_the_page_is_what_a_failing_bench_prints()
    {
        using var engine = TestEngines.Create(EngineKind.Interpreted, new Guide.MovingSum(window: 4));
        var bench = new Bench(engine, waveCycles: 6);
        bench.Feed("Samples", Beat.Each([1, 2, 3, 4]));
        bench.Collect("Sums", Beat.Each([1, 3, 7, 10]));
        Block.Check(Guide, "text", 1, Assert.Throws<BenchException>(() => bench.RunToEnd()).Message);
    }

    [Fact]
    public void Every_block_of_the_language_reference_is_compiled()
    {
        var compiled = Repository.Read($"{Source}LanguageExamples.cs");
        var blocks = CSharpBlock().Matches(Repository.Read("docs/language.md")).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(Unindented(block), Unindented(compiled)));
    }

    [Fact]
    public void The_language_reference_s_examples_elaborate() =>
        Assert.NotEmpty(Elaborator.Elaborate(new Guide.LanguageExamples()).Definitions);

    private static string NetlistOfTheGuide() => Netlist.NetlistText.Of(Elaborator.Elaborate(new Guide.MovingSum(window: 4)));

    private static string Unindented(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
