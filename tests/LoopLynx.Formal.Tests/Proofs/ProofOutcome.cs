namespace LoopLynx.Formal.Tests.Proofs;

/// <summary>How sure a proof is.</summary>
internal enum ProofOutcome
{
    /// <summary>No run of any length breaks a claim.</summary>
    Proved,

    /// <summary>No run of some length from reset breaks a claim.</summary>
    Bounded,

    /// <summary>No run from reset breaks a claim within the bound, but the claims don't follow from each other: an invariant is missing.</summary>
    NotInductive,

    /// <summary>A run from reset breaks a claim.</summary>
    Refuted,
}
