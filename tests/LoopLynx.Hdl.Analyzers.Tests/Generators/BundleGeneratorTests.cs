using LoopLynx.Hdl.Tests.Documentation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoopLynx.Hdl.Analyzers.Tests.Generators;

public class BundleGeneratorTests
{
    private const string Pixel = """
        namespace Video;

        [Bundle]
        public readonly partial record struct Pixel(Signal R, Signal G, [Lanes] Signal Alpha);
        """;

    /// <summary>With <c>LOOPLYNX_UPDATE_DOCS=1</c> the expected text is written.</summary>
    [Fact]
    public void The_generated_text_is_this_one()
    {
        const string expected = "tests/LoopLynx.Hdl.Analyzers.Tests/Generators/Pixel.txt";
        var written = Generation.Text(Generation.Run(Pixel), "Video.Pixel.Bundle.g.cs");
        if (Environment.GetEnvironmentVariable("LOOPLYNX_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(Repository.Path(expected), written);
        }

        Assert.Equal(Repository.Read(expected), written);
    }

    [Fact]
    public void A_nested_bundle_and_one_without_a_namespace_compile() => Generation.Run("""
        [Bundle] public readonly partial record struct Inner(Signal X, Signal Y);
        [Bundle] internal partial record struct Outer(Inner Place, Signal Last);
        """);

    [Fact]
    public void An_edit_elsewhere_writes_nothing_again()
    {
        var before = Sources.Compile(Pixel, "Pixel.cs");
        var driver = Generation.Driver().RunGenerators(before, TestContext.Current.CancellationToken);
        var edited = before.AddSyntaxTrees(CSharpSyntaxTree.ParseText("public class Other;", new CSharpParseOptions(LanguageVersion.Latest), "Other.cs", cancellationToken: TestContext.Current.CancellationToken));
        var result = driver.RunGenerators(edited, TestContext.Current.CancellationToken).GetRunResult();
        var outputs = result.Results.SelectMany(r => r.TrackedSteps).Where(s => s.Key == BundleGenerator.Step).SelectMany(s => s.Value).SelectMany(s => s.Outputs).ToList();
        Assert.NotEmpty(outputs);
        Assert.All(outputs, output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
    }
}
