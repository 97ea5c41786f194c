namespace LoopLynx.Formal.Tests.Proofs;

/// <summary>A mistake in a design's text: what stands there is replaced, and what a proof says about it is looked at.</summary>
/// <param name="right">What stands there.</param>
/// <param name="wrong">What stands there instead.</param>
internal sealed class Mutation(string right, string wrong)
{
    /// <summary>Places that were changed.</summary>
    public int Places { get; private set; }

    /// <summary>The text with the mistake.</summary>
    public string In(string text)
    {
        Places += text.Split(right).Length - 1;
        return text.Replace(right, wrong, StringComparison.Ordinal);
    }

    /// <summary>There was one such place, and the proof has found it.</summary>
    public void IsFound(ProofResult result)
    {
        Assert.Equal(1, Places);
        Assert.True(result.Outcome == ProofOutcome.Refuted, result.ToString());
    }
}
