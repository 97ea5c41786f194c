namespace LoopLynx.Contract;

/// <summary>
/// A decoder-only transformer, independent of any number format and any machine. The float reference, the golden model, the quantiser and the hardware read it,
/// and nothing else, about a model.
/// </summary>
/// <param name="Layers">Transformer blocks.</param>
/// <param name="QueryHeads">Attention heads.</param>
/// <param name="Embed">Width E of the residual stream.</param>
/// <param name="Context">Largest number of positions.</param>
/// <param name="Vocabulary">Tokens.</param>
/// <param name="FeedForward">Width between the feed-forward products.</param>
public sealed record ModelDescription(int Layers, int QueryHeads, int Embed, int Context, Vocabulary Vocabulary, int FeedForward)
{
    /// <summary>GPT-2 medium, the model of the LoopLynx paper.</summary>
    public static ModelDescription Gpt2Medium { get; } = new(24, 16, 1024, 1024, 50257, 4096);

    /// <summary>GPT-2 small.</summary>
    public static ModelDescription Gpt2Small { get; } = new(12, 12, 768, 1024, 50257, 3072);

    /// <summary>The checkpoint that ships in <c>models/shakespeare-gpt2</c>.</summary>
    public static ModelDescription Shakespeare { get; } = new(4, 4, 128, 256, 512, 512);

    /// <summary>The operations of a block.</summary>
    public Family Family { get; init; } = new Gpt2Family();

    /// <summary>Heads of K and V where several query heads share one; 0: as many as <see cref="QueryHeads"/>.</summary>
    public int SharedKvHeads { get; init; }

    /// <summary>Width of a head where it is stated apart from E; 0: E / heads.</summary>
    public int StatedHeadWidth { get; init; }

    /// <summary>The norms.</summary>
    public NormDescription Norm { get; init; } = new(NormKind.Layer, 1e-5);

    /// <summary>Between the feed-forward products.</summary>
    public ActivationDescription Activation { get; init; } = new(ActivationKind.Gelu, Gated: false);

    /// <summary>Positions.</summary>
    public PositionDescription Positions { get; init; } = new(PositionKind.Learned);

    /// <summary>Whether the LM head is the token embedding.</summary>
    public bool TiedHead { get; init; } = true;

    /// <summary>Heads of K and V.</summary>
    public int KvHeads => SharedKvHeads == 0 ? QueryHeads : SharedKvHeads;

    /// <summary>Width d of a head.</summary>
    public int HeadWidth => StatedHeadWidth == 0 ? Embed / Math.Max(1, QueryHeads) : StatedHeadWidth;

    /// <summary>Query heads that share one head of K and V.</summary>
    public int QueriesPerHead => QueryHeads / Math.Max(1, KvHeads);

    /// <summary>Order of the rows of the product that makes queries, keys and values.</summary>
    public HeadRows HeadRows => new(KvHeads, QueriesPerHead, HeadWidth);

    /// <summary>What a score is multiplied with before the softmax.</summary>
    public double AttentionScale => 1 / Math.Sqrt(HeadWidth);

    /// <summary>The steps of one block.</summary>
    public IReadOnlyList<Step> Block => Family.Block(this);

    /// <summary>Weights of the blocks and the token embedding; norms and biases, under 1 %, are left out.</summary>
    public long Parameters =>
        (Layers * Block.Select(s => s.Operation).OfType<Product>().Sum(p => (long)p.Rows * p.Columns)) + ((long)Vocabulary.Padded * Embed);
}
