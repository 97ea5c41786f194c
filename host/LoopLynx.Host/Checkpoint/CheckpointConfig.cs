namespace LoopLynx.Host;

/// <summary>What a Hugging Face <c>config.json</c> says about a checkpoint.</summary>
public sealed record CheckpointConfig
{
    /// <summary>The model.</summary>
    public required ModelDescription Description { get; init; }

    /// <summary>Id of the token that starts a text, if the checkpoint names one.</summary>
    public int? BosTokenId { get; init; }

    /// <summary>Id of the token that ends a text, if the checkpoint names one.</summary>
    public int? EosTokenId { get; init; }

    /// <summary>Reads and checks a <c>config.json</c>.</summary>
    /// <exception cref="HostException">The file is missing or damaged, or describes a model of a family that can't be loaded.</exception>
    public static CheckpointConfig Load(string path)
    {
        using var json = new JsonObjectFile(path);
        return CheckpointFamilies.Named(json.StringOr("model_type", "gpt2"), path).ReadConfig(json, path);
    }
}
