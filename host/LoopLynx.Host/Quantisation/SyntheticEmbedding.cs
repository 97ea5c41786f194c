namespace LoopLynx.Host;

/// <summary>An embedding of hashes, uniform with a standard deviation of one.</summary>
internal sealed class SyntheticEmbedding(ModelDescription model, ulong seed, int fractionBits, NumericFormat format) : IEmbedding
{
    private static readonly double halfWidth = Math.Sqrt(3);

    public void Embed(int token, int position, Span<int> x)
    {
        EmbeddingRange.Check(model, token, position);
        ulong stream = SplitMix64.At(seed, (ulong)token * (ulong)model.Context + (ulong)position);
        for (int i = 0; i < x.Length; i++)
            x[i] = Fixed.FromReal(halfWidth * (2 * SplitMix64.ToUnit(SplitMix64.At(stream, (ulong)i)) - 1), fractionBits, format);
    }
}
