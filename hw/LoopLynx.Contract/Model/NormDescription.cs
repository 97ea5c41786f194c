namespace LoopLynx.Contract;

/// <summary>The norms of a model.</summary>
/// <param name="Kind">What is measured.</param>
/// <param name="Epsilon">What is added to the variance, in real units.</param>
public sealed record NormDescription(NormKind Kind, double Epsilon);
