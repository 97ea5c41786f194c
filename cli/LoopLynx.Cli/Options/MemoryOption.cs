using System.CommandLine;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Options;

/// <summary>The option that chooses when the memory answers.</summary>
public sealed class MemoryOption
{
    private readonly DeclaredOption<string?> _memory = Declare.Choice("--memory", "memory model: ideal or hbm", "ideal", ["ideal", "hbm"]);

    /// <summary>The option of the command line.</summary>
    public Option Option => _memory.Option;

    /// <summary>The memory model that a command line asks for.</summary>
    public ChannelTiming Bind(ParseResult parsed) => _memory.Of(parsed) == "hbm" ? ChannelTiming.Hbm : ChannelTiming.Ideal;
}
