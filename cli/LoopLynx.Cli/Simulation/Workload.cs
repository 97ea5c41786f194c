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
    public static Workload Prepare(ParseResult parsed, MachineOptions machine, string? modelFolder, string prompt, int tokens)
    {
        Generation.CheckLengths(prompt.Length, tokens, int.MaxValue);
        var model = ModelSource.Load(modelFolder);
        var promptIds = model.Tokenizer.Encode(prompt);
        Generation.CheckLengths(promptIds.Length, tokens, model.Quantized.Description.Context);
        var configuration = machine.Configure(parsed, model.Quantized.Description);
        return new Workload(model, promptIds, tokens, configuration, Machine.Elaborate(configuration));
    }

    /// <summary>Contents of the memory channels, with an empty KV cache.</summary>
    public byte[][] BuildMemory() => Machine.BuildMemory(Model.Quantized, Machine.Map(Configuration));

    /// <summary>Runs the generation, telling the fraction of positions done.</summary>
    public GenerationResult Run(Generation generation, bool check, IProgress<double> progress, CancellationToken cancel)
    {
        var total = PromptIds.Length + Tokens - 1;
        generation.TokenStarts += position => progress.Report((double)position / total);
        return generation.Run(PromptIds, Tokens, Model.Checkpoint.Config.EosTokenId, check, cancel);
    }
}
