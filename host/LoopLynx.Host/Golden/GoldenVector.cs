namespace LoopLynx.Host;

/// <summary>Integers of a format.</summary>
/// <param name="Formats">The format; for queries, keys and values one for each of them.</param>
/// <param name="Values">The integers.</param>
public sealed record GoldenVector(IReadOnlyList<NumericFormat> Formats, int[] Values);
