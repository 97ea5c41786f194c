using LoopLynx.Accelerator;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Host;
using LoopLynx.Sim;

namespace LoopLynx.Runtime;

/// <summary>A prompt on a model on a machine, checked and ready to simulate on any engine.</summary>
/// <param name="Model">The model.</param>
/// <param name="PromptIds">Tokens of the prompt.</param>
/// <param name="Tokens">Tokens to generate.</param>
/// <param name="Configuration">The machine.</param>
/// <param name="Design">Its netlist, with checkers on the memory ports.</param>
public sealed record Workload(LoadedModel Model, int[] PromptIds, int Tokens, NodeConfiguration Configuration, Design Design)
{
    /// <summary>Checks the lengths, and elaborates the machine for the model's shape.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompt">Text to continue; an empty one starts with the model's start token alone.</param>
    /// <param name="tokens">Tokens to generate.</param>
    /// <param name="configure">The machine for a shape.</param>
    /// <param name="special">Special tokens in the prompt, such as the end of text, are tokens and not plain text.</param>
    /// <exception cref="RequestException">The prompt and the tokens don't fit the context.</exception>
    /// <exception cref="ConfigurationException">The shape doesn't fit the machine.</exception>
    public static Workload Of(LoadedModel model, string prompt, int tokens, Func<Contract.ModelDescription, NodeConfiguration> configure, bool special = true)
    {
        var promptIds = prompt.Length == 0 && model.Checkpoint.Config.BosTokenId is { } start ? [start] : model.Tokenizer.Encode(prompt, special);
        Generation.CheckLengths(promptIds.Length, tokens, model.Quantized.Description.Context);
        var configuration = configure(model.Quantized.Description);
        return new Workload(model, promptIds, tokens, configuration, Machine.ElaborateChecked(configuration));
    }

    /// <summary>Bursts of 16 beats that the kernels' self-test reads of each channel.</summary>
    public int TestBursts => (int)Math.Min(FirstLight.MostBursts, Machine.Map(Configuration).ChannelBytes / SelfTestPattern.Bytes(Configuration, 1));

    /// <summary>Contents of the memory channels, with an empty KV cache.</summary>
    public byte[][] BuildMemory(CancellationToken cancel = default) => Machine.BuildMemory(Model.Quantized, Machine.Map(Configuration), cancel);

    /// <summary>Starts the machine with its memory.</summary>
    /// <param name="asKernels">As the kernels of a card, one for each node, with all that lies around the node there.</param>
    /// <param name="engine">Runs a design; kernels need one each.</param>
    /// <param name="memory">When the memory answers.</param>
    /// <param name="cancel">Ends the building of the memory's contents.</param>
    public ITokenMachine Open(bool asKernels, Func<Design, IEngine> engine, ChannelTiming memory, CancellationToken cancel = default)
    {
        if (!asKernels)
        {
            return new NodeSession(engine(Design), Configuration, BuildMemory(cancel), memory);
        }

        var design = Machine.ElaborateCheckedKernel(Configuration);
        IEngine[] engines = [.. Enumerable.Range(0, Configuration.Nodes).Select(_ => engine(design))];
        return new KernelMachine(new KernelSession(engines, Configuration, BuildMemory(cancel), _ => memory));
    }

    /// <summary>Runs the generation, telling the fraction of positions done.</summary>
    public GenerationResult Run(Generation generation, bool check, IProgress<double> progress, CancellationToken cancel)
    {
        var total = PromptIds.Length + Tokens - 1;
        generation.TokenStarts += position => progress.Report((double)position / total);
        return generation.Run(PromptIds, Tokens, Model.EndOfTextId, check, cancel);
    }
}
