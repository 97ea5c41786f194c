namespace LoopLynx.Host;

/// <summary>GPT-2 in the Hugging Face layout.</summary>
internal sealed class Gpt2Tensors : ICheckpointFamily
{
    /// <summary>Bounds that no GPT-2 comes near: a number beyond them is a mistake, and would ask for more memory than there is.</summary>
    private const int MostLayers = 1024, MostWidth = 1 << 16, MostPositions = 1 << 20, MostTokens = 1 << 21, MostFeedForward = 1 << 18;

    private const string TokenEmbeddingName = "wte.weight", HeadName = "lm_head.weight";

    /// <summary>Tensors of the norms, by step of the block.</summary>
    private static readonly Dictionary<string, string> _norms = new() { ["Norm1"] = "ln_1", ["Norm2"] = "ln_2" };

    /// <summary>Tensors of the linear layers, by matrix.</summary>
    private static readonly Dictionary<string, string> _matrices = new()
    {
        [Gpt2Family.Qkv] = "attn.c_attn",
        [Gpt2Family.Output] = "attn.c_proj",
        [Gpt2Family.Up] = "mlp.c_fc",
        [Gpt2Family.Down] = "mlp.c_proj",
    };

    public string Name => new Gpt2Family().Name;

    public CheckpointConfig ReadConfig(JsonObjectFile json, string path)
    {
        // Both names mean the tanh form, which is the one that the GELU table holds.
        var activation = json.StringOr("activation_function", "gelu_new");
        if (activation is not ("gelu_new" or "gelu_pytorch_tanh"))
        {
            throw new HostException($"{path}: activation_function is \"{activation}\"; only \"gelu_new\" and \"gelu_pytorch_tanh\" can be loaded");
        }

        if (!json.FlagOr("scale_attn_weights", true) || json.FlagOr("scale_attn_by_inverse_layer_idx", false))
        {
            throw new HostException($"{path}: attention scores are not scaled by 1/sqrt(head size) alone; only GPT-2's standard scaling can be loaded");
        }

        int embed = json.PositiveInt(MostWidth, "n_embd");
        int heads = json.PositiveInt(MostWidth, "n_head");
        int vocabulary = json.PositiveInt(MostTokens, "vocab_size");
        if (embed % heads != 0)
        {
            throw new HostException($"{path}: n_embd {embed} is not divisible by n_head {heads}; correct config.json");
        }

        var layers = json.PositiveInt(MostLayers, "n_layer");
        var context = json.PositiveInt(MostPositions, "n_positions", "n_ctx");
        return new CheckpointConfig
        {
            Description = new ModelDescription(layers, heads, embed, context, vocabulary, json.PositiveIntOr("n_inner", 4 * embed, MostFeedForward))
            {
                Norm = new NormDescription(NormKind.Layer, json.PositiveNumberOr("layer_norm_epsilon", 1e-5, below: 1)),
                TiedHead = json.FlagOr("tie_word_embeddings", true),
            },
            BosTokenId = json.TokenId("bos_token_id", vocabulary),
            EosTokenId = json.TokenId("eos_token_id", vocabulary),
        };
    }

    public TensorReader Open(SafeTensorsFile file, CancellationToken cancel) => new(file, "transformer.", cancel);

    public FloatMatrix TokenEmbedding(TensorReader reader, ModelDescription model) => model.TiedHead
        ? reader.MatrixOr(TokenEmbeddingName, HeadName, model.Vocabulary.Padded, model.Embed)
        : reader.Matrix(TokenEmbeddingName, model.Vocabulary.Padded, model.Embed);

    public FloatMatrix PositionEmbedding(TensorReader reader, ModelDescription model) => reader.Matrix("wpe.weight", model.Context, model.Embed);

    public BlockWeights Block(TensorReader reader, ModelDescription model, int layer)
    {
        var norms = new Dictionary<string, NormWeights>();
        var matrices = new Dictionary<string, LinearWeights>();
        foreach (var step in model.Block)
        {
            if (step.Operation is Normalise)
            {
                norms.Add(step.Name, reader.Norm($"h.{layer}.{_norms[step.Name]}", model.Embed));
            }
            else if (step.Operation is Product product)
            {
                var weights = reader.Linear($"h.{layer}.{_matrices[product.Matrix]}", product.Columns, product.Rows);
                matrices.Add(product.Matrix, product.ByHead ? weights.Reorder(StoredRows(model)) : weights);
            }
        }

        return new BlockWeights(norms, matrices);
    }

    public NormWeights FinalNorm(TensorReader reader, ModelDescription model) => reader.Norm("ln_f", model.Embed);

    public FloatMatrix? LmHead(TensorReader reader, ModelDescription model) => reader.Unprefixed(HeadName, model.Vocabulary.Padded, model.Embed);

    public IReadOnlyList<string> LeftOver(TensorReader reader, ModelDescription model) => reader.LeftOver(model.Layers, "h", IsKnown);

    // The mask of attention, which older versions of the ecosystem's tools saved with the weights; and the head, which a tied model doesn't read.
    private static bool IsKnown(string name) =>
        name == HeadName || name.EndsWith(".attn.bias", StringComparison.Ordinal) || name.EndsWith(".attn.masked_bias", StringComparison.Ordinal);

    /// <summary>The file's row of each row of queries, keys and values: the file has all queries, then all keys, then all values.</summary>
    private static int[] StoredRows(ModelDescription model)
    {
        var (rows, d) = (model.HeadRows, model.HeadWidth);
        var (keys, values) = (model.QueryHeads * d, (model.QueryHeads + model.KvHeads) * d);
        return [.. Enumerable.Range(0, rows.Rows).Select(r =>
        {
            var (head, part, i) = (r / d / rows.Parts, r / d % rows.Parts, r % d);
            var first = part == rows.Key ? keys + (head * d) : part == rows.Value ? values + (head * d) : ((head * rows.Queries) + part) * d;
            return first + i;
        })];
    }
}
