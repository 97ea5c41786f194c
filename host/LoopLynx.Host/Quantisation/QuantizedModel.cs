namespace LoopLynx.Host;

/// <summary>A model in the accelerator's integers: everything that the golden model, the RTL and the memory image share.</summary>
public sealed class QuantizedModel
{
    /// <summary>The model.</summary>
    public required ModelDescription Description { get; init; }

    /// <summary>The formats of its numbers.</summary>
    public NumericPlan Plan { get; init; } = NumericPlan.Int8;

    /// <summary>What each kind of operation computes.</summary>
    public OperationTable Operations { get; init; } = OperationTable.Default;

    /// <summary>F: the residual stream counts in steps of 2^-F.</summary>
    public required int FractionBits { get; init; }

    /// <summary>The blocks, first to last.</summary>
    public required IReadOnlyList<QuantizedLayer> Layers { get; init; }

    /// <summary>The norm in front of the LM head.</summary>
    public required QuantizedNorm FinalNorm { get; init; }

    /// <summary><c>[vocabulary, E]</c>, no bias; int32 logits in units of 2^-16 out.</summary>
    public required QuantizedMatrix LmHead { get; init; }

    /// <summary>The host's embedding.</summary>
    public required IEmbedding Embedding { get; init; }

    /// <summary>Norm constants that did not fit their 16 bits and were clipped; zero for a healthy checkpoint.</summary>
    public int SaturatedConstants { get; init; }

    /// <summary>The embedding of a token at a position, residual units, <c>[E]</c>.</summary>
    /// <exception cref="HostException">The token or the position is out of range.</exception>
    public int[] Embed(int token, int position)
    {
        var x = new int[Description.Embed];
        Embedding.Embed(token, position, x);
        return x;
    }
}
