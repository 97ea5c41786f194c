using System.CommandLine;
using LoopLynx.Accelerator;
using LoopLynx.Cli.Options;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Host;

namespace LoopLynx.Cli.Simulation;

/// <summary>A prompt on a model on a machine, checked and ready to simulate.</summary>
/// <param name="Model">The model.</param>
/// <param name="PromptIds">Tokens of the prompt.</param>
/// <param name="Tokens">Tokens to generate.</param>
/// <param name="Configuration">The machine.</param>
/// <param name="Design">Its netlist.</param>
public sealed record Workload(LoadedModel Model, int[] PromptIds, int Tokens, NodeConfiguration Configuration, Design Design)
{
    /// <summary>Loads and checks everything before a cycle is simulated; whatever can be refused without the model is refused first.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="machine">The options of the machine.</param>
    /// <param name="modelFolder">The model; null: the one that ships.</param>
    /// <param name="prompt">Text to continue; an empty one starts with the model's start token alone.</param>
    /// <param name="tokens">Tokens to generate.</param>
    /// <param name="special">Special tokens in the prompt, such as the end of text, are tokens and not plain text.</param>
    public static Workload Prepare(ParseResult parsed, MachineOptions machine, string? modelFolder, string prompt, int tokens, bool special = true)
    {
        Generation.CheckTokens(tokens);
        var model = ModelSource.Load(modelFolder);
        var promptIds = prompt.Length == 0 && model.Checkpoint.Config.BosTokenId is { } start ? [start] : model.Tokenizer.Encode(prompt, special);
        Generation.CheckLengths(promptIds.Length, tokens, model.Quantized.Shape.Context);
        var configuration = machine.Configure(parsed, model.Quantized.Shape);
        return new Workload(model, promptIds, tokens, configuration, Machine.Elaborate(configuration));
    }

    /// <summary>Contents of the memory channels, with an empty KV cache.</summary>
    public byte[][] BuildMemory() => Machine.BuildMemory(Model.Quantized, Machine.Layout(Configuration, Model.Quantized.Shape));

    /// <summary>Runs the generation, telling the fraction of positions done.</summary>
    public GenerationResult Run(Generation generation, bool check, IProgress<double> progress, CancellationToken cancel)
    {
        var total = PromptIds.Length + Tokens - 1;
        generation.TokenStarts += position => progress.Report((double)position / total);
        return generation.Run(PromptIds, Tokens, Model.EndOfTextId, check, cancel);
    }
}
