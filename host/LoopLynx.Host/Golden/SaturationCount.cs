namespace LoopLynx.Host;

/// <summary>Values that a step clipped.</summary>
/// <param name="Step">Name of the step; the norm and the product behind the blocks are <c>FinalNorm</c> and <c>LmHead</c>.</param>
/// <param name="Kind">What the values are.</param>
/// <param name="Values">How many.</param>
public readonly record struct SaturationCount(string Step, ValueKind Kind, long Values);
