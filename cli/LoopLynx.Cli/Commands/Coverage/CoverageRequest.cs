using LoopLynx.Accelerator;
using LoopLynx.Cli.Options;
using LoopLynx.Contract;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>coverage</c> is asked for.</summary>
/// <param name="Folder">Where the reports go.</param>
public sealed record CoverageRequest(string Folder)
{
    /// <summary>Name of the model's shape, or a <c>config.json</c>.</summary>
    public string Shape { get; init; } = "shakespeare";

    /// <summary>Tokens to run, from position 0.</summary>
    public int Tokens { get; init; } = 8;

    /// <summary>Name of the engine.</summary>
    public string Engine { get; init; } = "compiled";

    /// <summary>When the memory answers.</summary>
    public ChannelTiming Memory { get; init; } = ChannelTiming.Ideal;

    /// <summary>Whether both presets are run, on 1 and on 2 nodes.</summary>
    public bool EachMachine { get; init; }

    /// <summary>Coverage files of earlier runs to add.</summary>
    public IReadOnlyList<string> Merge { get; init; } = [];

    /// <summary>File of points that need no test; null: none.</summary>
    public string? Waivers { get; init; }

    /// <summary>Whether toggles aren't counted.</summary>
    public bool NoToggles { get; init; }

    /// <summary>The machine.</summary>
    public MachineRequest Machine { get; init; } = MachineRequest.Default;

    /// <summary>The machines that are run.</summary>
    /// <exception cref="ConfigurationException">One of them can't be built for the shape.</exception>
    public IReadOnlyList<NodeConfiguration> Configurations(ModelDescription shape) => !EachMachine
        ? [Machine.Configure(shape)]
        : [.. from preset in Presets.Names from nodes in new[] { 1, 2 } select (Machine with { Preset = preset, Nodes = nodes }).Configure(shape)];
}
