using LoopLynx.Cli.Output;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Options;

/// <summary>The workload that a command is asked for.</summary>
public static class WorkloadSource
{
    /// <summary>Loads and checks everything before a cycle is simulated; whatever can be refused without the model is refused first.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="model">Folder of the checkpoint; null: the shipped model.</param>
    /// <param name="prompt">Text to continue.</param>
    /// <param name="tokens">Tokens to generate.</param>
    /// <param name="special">Whether special tokens in the prompt are tokens.</param>
    /// <param name="console">Shows progress.</param>
    /// <param name="cancel">Ends the loading.</param>
    /// <exception cref="RequestException">The prompt and the tokens don't fit the context.</exception>
    public static Workload Prepare(
        MachineRequest machine, string? model, string prompt, int tokens, bool special, CommandConsole console, CancellationToken cancel)
    {
        Generation.CheckTokens(tokens);
        return Workload.Of(ModelSource.Load(model, console, cancel), prompt, tokens, machine.Configure, special);
    }
}
