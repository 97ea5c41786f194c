namespace LoopLynx.Host;

/// <summary>Models that can be named without a checkpoint.</summary>
public static class NamedModels
{
    private static readonly Dictionary<string, ModelDescription> _models = new()
    {
        ["gpt2-345m"] = ModelDescription.Gpt2Medium,
        ["gpt2-124m"] = ModelDescription.Gpt2Small,
        ["shakespeare"] = ModelDescription.Shakespeare,
    };

    /// <summary>The names that <see cref="Named"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _models.Keys];

    /// <summary>The model of that name.</summary>
    /// <exception cref="HostException">There is no such model.</exception>
    public static ModelDescription Named(string name) => _models.TryGetValue(name, out var model)
        ? model
        : throw new HostException($"\"{name}\" is not a model shape; use one of {string.Join(", ", Names)}");
}
