namespace LoopLynx.Host;

/// <summary>A GPT-2 checkpoint in the Hugging Face layout, as float32 in memory.</summary>
public sealed class Gpt2Checkpoint
{
    private Gpt2Checkpoint(Gpt2Config config, TensorReader reader)
    {
        ModelShape shape = config.Shape;
        Config = config;
        TokenEmbedding = reader.TokenEmbedding(shape.Vocab, shape.Embed, config.TieWordEmbeddings);
        PositionEmbedding = reader.Matrix("wpe.weight", shape.Context, shape.Embed);
        Layers = [.. Enumerable.Range(0, shape.Layers).Select(layer => ReadLayer(reader, shape, $"h.{layer}."))];
        FinalNorm = reader.Norm("ln_f", shape.Embed);

        // Hugging Face ties the head whenever the configuration says so, even if the file holds a separate one.
        LmHead = config.TieWordEmbeddings ? TokenEmbedding : reader.LmHead(shape.Vocab, shape.Embed) ?? TokenEmbedding;
        Warnings = [.. Notes(reader, shape)];
    }

    /// <summary>The architecture.</summary>
    public Gpt2Config Config { get; }

    /// <summary>One row per token, <c>[vocab, E]</c>.</summary>
    public FloatMatrix TokenEmbedding { get; }

    /// <summary>One row per position, <c>[context, E]</c>.</summary>
    public FloatMatrix PositionEmbedding { get; }

    /// <summary>The blocks, first to last.</summary>
    public IReadOnlyList<Gpt2Layer> Layers { get; }

    /// <summary>The layer norm in front of the LM head.</summary>
    public NormWeights FinalNorm { get; }

    /// <summary>One row per token, <c>[vocab, E]</c>; the same object as <see cref="TokenEmbedding"/> when tied.</summary>
    public FloatMatrix LmHead { get; }

    /// <summary>What is odd about the file, a line each; empty for a plain checkpoint.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Loads <c>config.json</c> and <c>model.safetensors</c> of a directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="cancel">Ends the loading between tensors, and inside large ones.</param>
    /// <exception cref="HostException">The directory or a file is missing or damaged, or the tensors do not fit the configuration.</exception>
    public static Gpt2Checkpoint Load(string directory, CancellationToken cancel = default)
    {
        if (!Directory.Exists(directory))
            throw new HostException($"{directory}: the model directory does not exist; name a directory with config.json and model.safetensors");
        Gpt2Config config = Gpt2Config.Load(Path.Combine(directory, "config.json"));
        using var file = new SafeTensorsFile(Path.Combine(directory, "model.safetensors"));
        return new Gpt2Checkpoint(config, new TensorReader(file, cancel));
    }

    private IEnumerable<string> Notes(TensorReader reader, ModelShape shape)
    {
        IReadOnlyList<string> unused = reader.LeftOver(shape.Layers);
        if (unused.Count > 0)
            yield return $"model.safetensors holds {unused.Count} tensor(s) that GPT-2 does not have, for example \"{unused[0]}\": they are not used";
        if (Config.TieWordEmbeddings && reader.LmHead(shape.Vocab, shape.Embed) is { } head && !head.Data.AsSpan().SequenceEqual(TokenEmbedding.Data))
            yield return "tensor \"lm_head.weight\" differs from the token embedding, but config.json ties the two: it is not used";
    }

    private static Gpt2Layer ReadLayer(TensorReader reader, ModelShape shape, string prefix) => new(
        reader.Norm(prefix + "ln_1", shape.Embed),
        reader.Linear(prefix + "attn.c_attn", shape.Embed, 3 * shape.Embed),
        reader.Linear(prefix + "attn.c_proj", shape.Embed, shape.Embed),
        reader.Norm(prefix + "ln_2", shape.Embed),
        reader.Linear(prefix + "mlp.c_fc", shape.Embed, shape.FeedForward),
        reader.Linear(prefix + "mlp.c_proj", shape.FeedForward, shape.Embed));
}
