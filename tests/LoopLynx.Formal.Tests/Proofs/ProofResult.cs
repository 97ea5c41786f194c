namespace LoopLynx.Formal.Tests.Proofs;

/// <summary>What a proof came to.</summary>
/// <param name="Outcome">Proved, bounded or refuted.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="Trace">The run that breaks the claim as a table; empty where there is none.</param>
internal sealed record ProofResult(ProofOutcome Outcome, string Summary, string Trace = "")
{
    /// <inheritdoc/>
    public override string ToString() => Trace.Length == 0 ? Summary : $"{Summary}\n{Trace}";
}
