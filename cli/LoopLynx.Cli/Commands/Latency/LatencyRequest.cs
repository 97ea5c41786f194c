using LoopLynx.Cli.Options;
using LoopLynx.Cli.Waves;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>latency</c> is asked for.</summary>
public sealed record LatencyRequest
{
    /// <summary>Name of the model's shape, or a <c>config.json</c>.</summary>
    public string Shape { get; init; } = "gpt2-345m";

    /// <summary>Position of the token; null: <see cref="LatencyCommand.DefaultPosition"/>, or the last one of a shorter context.</summary>
    public int? Position { get; init; }

    /// <summary>Name of the engine.</summary>
    public string Engine { get; init; } = "compiled";

    /// <summary>When the memory answers.</summary>
    public ChannelTiming Memory { get; init; } = ChannelTiming.Ideal;

    /// <summary>The card's kernels instead of the bare machine.</summary>
    public bool AsKernels { get; init; }

    /// <summary>Whether the highest fill of every FIFO is wanted.</summary>
    public bool Fifos { get; init; }

    /// <summary>Whether the token is wanted with each optimisation off in turn.</summary>
    public bool EachOff { get; init; }

    /// <summary>The machine.</summary>
    public MachineRequest Machine { get; init; } = MachineRequest.Default;

    /// <summary>The wave; null: none.</summary>
    public WaveRequest? Wave { get; init; }
}
