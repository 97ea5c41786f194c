namespace LoopLynx.Host;

/// <summary>The architecture of a GPT-2 checkpoint, read from a Hugging Face <c>config.json</c>.</summary>
public sealed record Gpt2Config
{
    /// <summary>The model's dimensions.</summary>
    public required ModelShape Shape { get; init; }

    /// <summary>The epsilon that layer norm adds to the variance.</summary>
    public required double LayerNormEpsilon { get; init; }

    /// <summary>Id of the token that starts a text, if the checkpoint names one.</summary>
    public int? BosTokenId { get; init; }

    /// <summary>Id of the token that ends a text, if the checkpoint names one.</summary>
    public int? EosTokenId { get; init; }

    /// <summary>True when the LM head is the token embedding.</summary>
    public bool TieWordEmbeddings { get; init; } = true;

    /// <summary>Bounds that no GPT-2 comes near: a number beyond them is a mistake, and would ask for more memory than there is.</summary>
    private const int MostLayers = 1024, MostWidth = 1 << 16, MostPositions = 1 << 20, MostTokens = 1 << 21, MostFeedForward = 1 << 18;

    /// <summary>Reads and checks a <c>config.json</c>.</summary>
    /// <exception cref="HostException">The file is missing or damaged, or describes a model that is not a plain GPT-2.</exception>
    public static Gpt2Config Load(string path)
    {
        using var json = new JsonObjectFile(path);
        string type = json.StringOr("model_type", "gpt2");
        if (type != "gpt2")
            throw new HostException($"{path}: model_type is \"{type}\"; only GPT-2 checkpoints (\"gpt2\") can be loaded");

        // Both names mean the tanh form, which is the one that the GELU table holds.
        string activation = json.StringOr("activation_function", "gelu_new");
        if (activation is not ("gelu_new" or "gelu_pytorch_tanh"))
            throw new HostException($"{path}: activation_function is \"{activation}\"; only \"gelu_new\" and \"gelu_pytorch_tanh\" can be loaded");

        if (!json.FlagOr("scale_attn_weights", true) || json.FlagOr("scale_attn_by_inverse_layer_idx", false))
            throw new HostException($"{path}: attention scores are not scaled by 1/sqrt(head size) alone; only GPT-2's standard scaling can be loaded");

        int embed = json.PositiveInt(MostWidth, "n_embd"), heads = json.PositiveInt(MostWidth, "n_head"), vocab = json.PositiveInt(MostTokens, "vocab_size");
        if (embed % heads != 0)
            throw new HostException($"{path}: n_embd {embed} is not divisible by n_head {heads}; correct config.json");

        return new Gpt2Config
        {
            Shape = new ModelShape(json.PositiveInt(MostLayers, "n_layer"), heads, embed, json.PositiveInt(MostPositions, "n_positions", "n_ctx"), vocab,
                json.PositiveIntOr("n_inner", 4 * embed, MostFeedForward)),
            LayerNormEpsilon = json.PositiveNumberOr("layer_norm_epsilon", 1e-5, below: 1),
            BosTokenId = json.TokenId("bos_token_id", vocab),
            EosTokenId = json.TokenId("eos_token_id", vocab),
            TieWordEmbeddings = json.FlagOr("tie_word_embeddings", true),
        };
    }
}
