using System.CommandLine;

namespace LoopLynx.Cli.Options;

/// <summary>Whether a command takes the kernels of the card instead of the bare machine.</summary>
public sealed class KernelOption
{
    private readonly DeclaredOption<bool> _kernel = Declare.Flag(
        "--kernel", "the card's kernel, one for each node: with control registers, the host's buffers, faults, and the ring as streams");

    /// <summary>For the command's list.</summary>
    public Option Option => _kernel.Option;

    /// <summary>What the command line says.</summary>
    public bool Of(ParseResult parsed) => _kernel.Of(parsed);
}
