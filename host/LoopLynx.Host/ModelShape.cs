namespace LoopLynx.Host;

/// <summary>The dimensions of a GPT-2 model.</summary>
/// <param name="Layers">Transformer blocks.</param>
/// <param name="Heads">Attention heads of a block.</param>
/// <param name="Embed">Width E of the residual stream.</param>
/// <param name="Context">Largest number of positions.</param>
/// <param name="Vocab">Tokens in the vocabulary.</param>
/// <param name="FeedForward">Width FF of the feed-forward layer.</param>
public sealed record ModelShape(int Layers, int Heads, int Embed, int Context, int Vocab, int FeedForward)
{
    /// <summary>GPT-2 medium, the model of the LoopLynx paper.</summary>
    public static ModelShape Gpt2_345M { get; } = new(24, 16, 1024, 1024, 50257, 4096);

    /// <summary>GPT-2 small.</summary>
    public static ModelShape Gpt2_124M { get; } = new(12, 12, 768, 1024, 50257, 3072);

    /// <summary>The checkpoint that ships in <c>models/shakespeare-gpt2</c>.</summary>
    public static ModelShape Shakespeare { get; } = new(4, 4, 128, 256, 512, 512);

    /// <summary>The names that <see cref="Named"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["gpt2-345m", "gpt2-124m", "shakespeare"];

    /// <summary>Width d of a head.</summary>
    public int HeadDim => Embed / Heads;

    /// <summary>Parameters of the blocks and the token embedding; norms and biases, under 1 %, are left out.</summary>
    public long Parameters => (long)Layers * Embed * (4L * Embed + 2L * FeedForward) + (long)Vocab * Embed;

    /// <summary>The preset of that name.</summary>
    /// <exception cref="HostException">There is no such preset.</exception>
    public static ModelShape Named(string name) => name switch
    {
        "gpt2-345m" => Gpt2_345M,
        "gpt2-124m" => Gpt2_124M,
        "shakespeare" => Shakespeare,
        _ => throw new HostException($"\"{name}\" is not a model shape; use one of {string.Join(", ", Names)}"),
    };
}
