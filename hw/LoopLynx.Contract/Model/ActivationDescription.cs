namespace LoopLynx.Contract;

/// <summary>What stands between the feed-forward products.</summary>
/// <param name="Kind">The function.</param>
/// <param name="Gated">Whether a second product is multiplied with its result.</param>
public sealed record ActivationDescription(ActivationKind Kind, bool Gated);
