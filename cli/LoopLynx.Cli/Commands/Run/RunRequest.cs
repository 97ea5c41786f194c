using LoopLynx.Cli.Options;
using LoopLynx.Cli.Waves;
using LoopLynx.Runtime;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>run</c> is asked for.</summary>
/// <param name="Prompt">Text to continue; an empty one starts with the model's start token.</param>
public sealed record RunRequest(string Prompt)
{
    /// <summary>Folder of the checkpoint; null: the shipped model.</summary>
    public string? Model { get; init; }

    /// <summary>Tokens to generate.</summary>
    public int Tokens { get; init; } = 32;

    /// <summary>Name of the engine.</summary>
    public string Engine { get; init; } = "compiled";

    /// <summary>The file for the card; null: none.</summary>
    public string? Xclbin { get; init; }

    /// <summary>When the memory answers.</summary>
    public ChannelTiming Memory { get; init; } = ChannelTiming.Ideal;

    /// <summary>Whether every hidden state is compared with the golden model.</summary>
    public bool Check { get; init; }

    /// <summary>Temperature of sampling; 0: the most likely token.</summary>
    public double Temperature { get; init; }

    /// <summary>Tokens to sample among; 0: all.</summary>
    public int TopK { get; init; }

    /// <summary>Seed of sampling.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether special tokens in the prompt are plain text.</summary>
    public bool IsPlain { get; init; }

    /// <summary>The card's kernels instead of the bare machine.</summary>
    public bool AsKernels { get; init; }

    /// <summary>Whether the kernels test themselves before the text.</summary>
    public bool SelfTest { get; init; }

    /// <summary>The machine.</summary>
    public MachineRequest Machine { get; init; } = MachineRequest.Default;

    /// <summary>Optimisations of the compiled engine.</summary>
    public CompiledOptions Optimisations { get; init; } = CompiledOptions.Default;

    /// <summary>The wave; null: none.</summary>
    public WaveRequest? Wave { get; init; }
}
