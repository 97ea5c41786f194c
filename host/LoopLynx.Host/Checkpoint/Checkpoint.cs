namespace LoopLynx.Host;

/// <summary>A checkpoint in the Hugging Face layout, as float32 in memory.</summary>
public sealed class Checkpoint
{
    private Checkpoint(CheckpointConfig config, ICheckpointFamily family, TensorReader reader)
    {
        ModelDescription model = config.Description;
        Config = config;
        TokenEmbedding = family.TokenEmbedding(reader, model);
        PositionEmbedding = family.PositionEmbedding(reader, model);
        Layers = [.. Enumerable.Range(0, model.Layers).Select(layer => family.Block(reader, model, layer))];
        FinalNorm = family.FinalNorm(reader, model);

        // Hugging Face ties the head whenever the configuration says so, even if the file holds a separate one.
        LmHead = model.TiedHead ? TokenEmbedding : family.LmHead(reader, model) ?? TokenEmbedding;
    }

    /// <summary>The configuration.</summary>
    public CheckpointConfig Config { get; }

    /// <summary>One row per token, <c>[vocabulary, E]</c>.</summary>
    public FloatMatrix TokenEmbedding { get; }

    /// <summary>One row per position, <c>[context, E]</c>.</summary>
    public FloatMatrix PositionEmbedding { get; }

    /// <summary>The blocks, first to last.</summary>
    public IReadOnlyList<BlockWeights> Layers { get; }

    /// <summary>The norm in front of the LM head.</summary>
    public NormWeights FinalNorm { get; }

    /// <summary>One row per token, <c>[vocabulary, E]</c>; the same object as <see cref="TokenEmbedding"/> when tied.</summary>
    public FloatMatrix LmHead { get; }

    /// <summary>Loads <c>config.json</c> and <c>model.safetensors</c> of a directory.</summary>
    /// <exception cref="HostException">The directory or a file is missing or damaged, or the tensors do not fit the configuration.</exception>
    public static Checkpoint Load(string directory)
    {
        if (!Directory.Exists(directory))
            throw new HostException($"{directory}: the model directory does not exist; name a directory with config.json and model.safetensors");
        string configPath = Path.Combine(directory, "config.json");
        CheckpointConfig config = CheckpointConfig.Load(configPath);
        using var file = new SafeTensorsFile(Path.Combine(directory, "model.safetensors"));
        ICheckpointFamily family = CheckpointFamilies.Named(config.Description.Family.Name, configPath);
        return new Checkpoint(config, family, family.Open(file));
    }
}
