using System.Runtime.CompilerServices;
using LoopLynx.Formal.Tests.Proofs;

namespace LoopLynx.Formal.Tests.Guide;

/// <summary>The example of docs/guide/09-formal.md.</summary>
public class GuideTests
{
    [Fact]
    public void A_gain_that_changes_behind_the_buffer_is_found()
    {
        var result = Prover.Prove(new ScalerHarness(scaleFirst: false), depth: 16);
        Assert.Equal(ProofOutcome.Refuted, result.Outcome);
        Assert.Contains("ScalerHarness.cs(19) \"'data' doesn't change while the consumer stalls\"", result.Summary);
        Assert.Contains("Gain", result.Trace);
    }

    [Fact]
    public void Scaling_before_the_buffer_holds()
    {
        var result = Prover.Prove(new ScalerHarness(scaleFirst: true), depth: 16);
        Assert.True(result.Outcome == ProofOutcome.Bounded, result.ToString());
        Assert.Equal("ScalerHarness: no run of 16 cycles breaks a claim", result.Summary);
    }

    [Theory]
    [InlineData("Scaler.cs")]
    [InlineData("ScalerHarness.cs")]
    public void The_page_shows_the_sources(string file) =>
        Assert.Contains(Body(File.ReadAllText(Path.Combine(Here(), file))), File.ReadAllText(Path.Combine(Here(), "../../../docs/guide/09-formal.md")));

    // From the class's comment on: the page leaves the usings out.
    private static string Body(string text) => text[text.IndexOf("/// <summary>", StringComparison.Ordinal)..];

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
