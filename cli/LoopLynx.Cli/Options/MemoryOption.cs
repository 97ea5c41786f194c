using System.CommandLine;
using LoopLynx.Gen.Board;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Options;

/// <summary>The option that chooses when the memory answers.</summary>
public sealed class MemoryOption
{
    private readonly DeclaredOption<string?> _memory = Declare.Choice(
        "--memory", "memory model: ideal (one beat a cycle) or hbm (the card's)", "ideal", ["ideal", "hbm"]);

    /// <summary>The option of the command line.</summary>
    public Option Option => _memory.Option;

    /// <summary>The memory model that a command line asks for, behind a machine's clock.</summary>
    public ChannelTiming Bind(ParseResult parsed, MachineRequest machine) => _memory.Of(parsed) == "hbm"
        ? ChannelTiming.Of(HbmTiming.U50 with { KernelMhz = (int)machine.Clock.Mhz, HbmMhz = U50.Default.HbmClockMhz })
        : ChannelTiming.Ideal;
}
