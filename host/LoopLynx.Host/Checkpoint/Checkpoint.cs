namespace LoopLynx.Host;

/// <summary>The float32 weights of a model, in memory.</summary>
public sealed class Checkpoint
{
    /// <summary>The configuration.</summary>
    public required CheckpointConfig Config { get; init; }

    /// <summary>One row per token, <c>[vocabulary, E]</c>.</summary>
    public required FloatMatrix TokenEmbedding { get; init; }

    /// <summary>One row per position, <c>[context, E]</c>.</summary>
    public required FloatMatrix PositionEmbedding { get; init; }

    /// <summary>The blocks, first to last.</summary>
    public required IReadOnlyList<BlockWeights> Layers { get; init; }

    /// <summary>The norm in front of the LM head.</summary>
    public required NormWeights FinalNorm { get; init; }

    /// <summary>One row per token, <c>[vocabulary, E]</c>; the same object as <see cref="TokenEmbedding"/> when tied.</summary>
    public required FloatMatrix LmHead { get; init; }

    /// <summary>What is odd about the file, a line each; empty for a plain checkpoint.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Loads <c>config.json</c> and <c>model.safetensors</c> of a directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="cancel">Ends the loading between tensors, and inside large ones.</param>
    /// <exception cref="HostException">The directory or a file is missing or damaged, or the tensors do not fit the configuration.</exception>
    public static Checkpoint Load(string directory, CancellationToken cancel = default)
    {
        if (!Directory.Exists(directory))
            throw new HostException($"{directory}: the model directory does not exist; name a directory with config.json and model.safetensors");
        string configPath = Path.Combine(directory, "config.json");
        CheckpointConfig config = CheckpointConfig.Load(configPath);
        using var file = new SafeTensorsFile(Path.Combine(directory, "model.safetensors"));
        ICheckpointFamily family = CheckpointFamilies.Named(config.Description.Family.Name, configPath);
        return Read(config, family, family.Open(file, cancel));
    }

    private static Checkpoint Read(CheckpointConfig config, ICheckpointFamily family, TensorReader reader)
    {
        ModelDescription model = config.Description;
        FloatMatrix tokens = family.TokenEmbedding(reader, model), positions = family.PositionEmbedding(reader, model);
        BlockWeights[] layers = [.. Enumerable.Range(0, model.Layers).Select(layer => family.Block(reader, model, layer))];
        NormWeights finalNorm = family.FinalNorm(reader, model);
        return new Checkpoint
        {
            Config = config,
            TokenEmbedding = tokens,
            PositionEmbedding = positions,
            Layers = layers,
            FinalNorm = finalNorm,

            // Hugging Face ties the head whenever the configuration says so, even if the file holds a separate one.
            LmHead = model.TiedHead ? tokens : family.LmHead(reader, model) ?? tokens,
            Warnings = [.. Notes(family, reader, model, tokens)],
        };
    }

    private static IEnumerable<string> Notes(ICheckpointFamily family, TensorReader reader, ModelDescription model, FloatMatrix tokens)
    {
        IReadOnlyList<string> unused = family.LeftOver(reader, model);
        if (unused.Count > 0)
            yield return $"model.safetensors holds {unused.Count} tensor(s) that GPT-2 does not have, for example \"{unused[0]}\": they are not used";
        if (model.TiedHead && family.LmHead(reader, model) is { } head && !head.Data.AsSpan().SequenceEqual(tokens.Data))
            yield return "tensor \"lm_head.weight\" differs from the token embedding, but config.json ties the two: it is not used";
    }
}
