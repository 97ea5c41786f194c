namespace LoopLynx.Host;

/// <summary>An embedding of hashes, uniform with a standard deviation of one.</summary>
internal sealed class SyntheticEmbedding(ModelShape shape, ulong seed, int fractionBits) : IEmbedding
{
    private static readonly double halfWidth = Math.Sqrt(3);

    public void Embed(int token, int position, Span<int> x)
    {
        EmbeddingRange.Check(shape, token, position);
        ulong stream = SplitMix64.At(seed, (ulong)token * (ulong)shape.Context + (ulong)position);
        for (int i = 0; i < x.Length; i++)
            x[i] = Fixed.ToResidual(halfWidth * (2 * SplitMix64.ToUnit(SplitMix64.At(stream, (ulong)i)) - 1), fractionBits);
    }
}
