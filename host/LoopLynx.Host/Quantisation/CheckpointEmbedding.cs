namespace LoopLynx.Host;

/// <summary>Token plus position embedding of a checkpoint, rounded to residual units.</summary>
internal sealed class CheckpointEmbedding(Checkpoint checkpoint, int fractionBits, NumericFormat format) : IEmbedding
{
    public void Embed(int token, int position, Span<int> x)
    {
        EmbeddingRange.Check(checkpoint.Config.Description, token, position);
        ReadOnlySpan<float> tokens = checkpoint.TokenEmbedding.Row(token), positions = checkpoint.PositionEmbedding.Row(position);
        for (int i = 0; i < x.Length; i++)
            x[i] = Fixed.FromReal((double)tokens[i] + positions[i], fractionBits, format);
    }
}
