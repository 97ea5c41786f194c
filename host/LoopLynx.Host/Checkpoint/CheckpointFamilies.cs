namespace LoopLynx.Host;

/// <summary>The families whose checkpoints can be loaded.</summary>
internal static class CheckpointFamilies
{
    private static readonly ICheckpointFamily[] _all = [new Gpt2Tensors()];

    /// <summary>The family of that name.</summary>
    /// <exception cref="HostException">There is no such family.</exception>
    public static ICheckpointFamily Named(string name, string path) => Array.Find(_all, family => family.Name == name)
        ?? throw new HostException($"{path}: model_type is \"{name}\"; only GPT-2 checkpoints (\"gpt2\") can be loaded");
}
