using System.CommandLine;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Options;

/// <summary>The workload that a command line describes.</summary>
public static class WorkloadSource
{
    /// <summary>Loads and checks everything before a cycle is simulated; whatever can be refused without the model is refused first.</summary>
    /// <exception cref="RequestException">The prompt and the tokens don't fit the context.</exception>
    public static Workload Prepare(ParseResult parsed, MachineOptions machine, string? modelFolder, string prompt, int tokens, CancellationToken cancel, bool special = true)
    {
        Generation.CheckTokens(tokens);
        return Workload.Of(ModelSource.Load(modelFolder, cancel), prompt, tokens, shape => machine.Configure(parsed, shape), special);
    }
}
