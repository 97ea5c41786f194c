namespace LoopLynx.Host;

/// <summary>The affine part of a layer norm.</summary>
/// <param name="Gamma">Gain, <c>[E]</c>.</param>
/// <param name="Beta">Offset, <c>[E]</c>.</param>
public sealed record NormWeights(float[] Gamma, float[] Beta)
{
    /// <summary>Name of the norm in its file, for messages.</summary>
    public string Name { get; init; } = "";

    /// <summary>Gain and offset as rows, with their names.</summary>
    internal IEnumerable<FloatMatrix> Rows =>
        [new(1, Gamma.Length, Gamma) { Name = $"{Name}.weight", IsVector = true }, new(1, Beta.Length, Beta) { Name = $"{Name}.bias", IsVector = true }];
}
