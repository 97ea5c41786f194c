using LoopLynx.Cli.Output;
using LoopLynx.Contract;
using LoopLynx.Host;

namespace LoopLynx.Cli.Options;

/// <summary>Loads the model that a command names, or the one that ships.</summary>
public static class ModelSource
{
    /// <summary>Folder of the shipped model.</summary>
    public const string Default = "models/shakespeare-gpt2";

    /// <summary>Loads, calibrates and quantises, with progress.</summary>
    public static LoadedModel Load(string? directory, CommandConsole console, CancellationToken cancel)
    {
        var folder = directory ?? Repository.OfProgram.Find(Default);
        return console.Progress("Quantising", progress => LoadedModel.Load(folder, progress: progress, cancel: cancel));
    }

    /// <summary>A named shape, or the shape of a <c>config.json</c>.</summary>
    public static ModelDescription Shape(string name) =>
        name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? CheckpointConfig.Load(name).Description : NamedModels.Named(name);
}
