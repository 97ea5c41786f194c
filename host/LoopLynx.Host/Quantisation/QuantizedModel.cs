namespace LoopLynx.Host;

/// <summary>A model in the accelerator's integers: everything that the golden model, the RTL and the memory image share.</summary>
public sealed class QuantizedModel
{
    /// <summary>The dimensions.</summary>
    public required ModelShape Shape { get; init; }

    /// <summary>F: the residual stream counts in steps of 2^-F.</summary>
    public required int FractionBits { get; init; }

    /// <summary>The blocks, first to last.</summary>
    public required IReadOnlyList<QuantizedLayer> Layers { get; init; }

    /// <summary>The layer norm in front of the LM head.</summary>
    public required QuantizedNorm FinalNorm { get; init; }

    /// <summary><c>[vocab, E]</c>, no bias; int32 logits in units of 2^-16 out.</summary>
    public required QuantizedMatrix LmHead { get; init; }

    /// <summary>The host's embedding.</summary>
    public required IEmbedding Embedding { get; init; }

    /// <summary>Norm constants that did not fit their 16 bits and were clipped; zero for a healthy checkpoint.</summary>
    public int SaturatedConstants { get; init; }

    /// <summary>The embedding of a token at a position, 24-bit residual units, <c>[E]</c>.</summary>
    /// <exception cref="HostException">The token or the position is out of range.</exception>
    public int[] Embed(int token, int position)
    {
        var x = new int[Shape.Embed];
        Embedding.Embed(token, position, x);
        return x;
    }
}
