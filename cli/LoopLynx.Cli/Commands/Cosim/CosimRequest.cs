using LoopLynx.Cli.Options;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>cosim</c> is asked for.</summary>
public sealed record CosimRequest
{
    /// <summary>Text to continue.</summary>
    public string Prompt { get; init; } = "ROMEO:";

    /// <summary>Folder of the checkpoint; null: the shipped model.</summary>
    public string? Model { get; init; }

    /// <summary>Tokens to generate.</summary>
    public int Tokens { get; init; } = 1;

    /// <summary>Name of the C# side's engine.</summary>
    public string Engine { get; init; } = "compiled";

    /// <summary>When the memory answers.</summary>
    public ChannelTiming Memory { get; init; } = ChannelTiming.Ideal;

    /// <summary>The card's kernels instead of the bare machine.</summary>
    public bool AsKernels { get; init; }

    /// <summary>The machine.</summary>
    public MachineRequest Machine { get; init; } = MachineRequest.Default;
}
