namespace LoopLynx.Host;

/// <summary>The affine part of a layer norm.</summary>
/// <param name="Gamma">Gain, <c>[E]</c>.</param>
/// <param name="Beta">Offset, <c>[E]</c>.</param>
public sealed record NormWeights(float[] Gamma, float[] Beta);
