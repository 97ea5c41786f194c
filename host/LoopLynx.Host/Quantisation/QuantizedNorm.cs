namespace LoopLynx.Host;

/// <summary>The constants of an integer norm.</summary>
/// <param name="Gamma">Gain in output steps, Q<paramref name="GammaBits"/>, <c>[E]</c>.</param>
/// <param name="Beta">Offset in output steps, Q6, <c>[E]</c>.</param>
/// <param name="GammaBits">G, the fraction bits of the gain, 0..15.</param>
/// <param name="Epsilon">Epsilon times E^2 in squared residual units, at least 1.</param>
public sealed record QuantizedNorm(short[] Gamma, short[] Beta, int GammaBits, ulong Epsilon) : IStepParameters
{
    /// <inheritdoc/>
    public byte[] Bytes(Section section, int node, int nodes) => Int16Pairs.ToBytes(Gamma, Beta);
}
