using LoopLynx.Cli.Options;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>bench</c> is asked for.</summary>
public sealed record BenchRequest
{
    /// <summary>Names of the designs.</summary>
    public static IReadOnlyList<string> Designs { get; } = ["mac-array", "control", "node"];

    /// <summary>Timed runs of each engine.</summary>
    public int Runs { get; init; } = 7;

    /// <summary>Threads of a second Verilated model; 1: none.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether Verilated models are built anew.</summary>
    public bool Rebuild { get; init; }

    /// <summary>The only design; null: all.</summary>
    public string? Design { get; init; }

    /// <summary>Folder of the checkpoint for the node; null: the shipped model.</summary>
    public string? Model { get; init; }

    /// <summary>Whether the compiled engine runs against itself, each optimisation off in turn.</summary>
    public bool Ablation { get; init; }

    /// <summary>The machine.</summary>
    public MachineRequest Machine { get; init; } = MachineRequest.Default;

    /// <summary>Optimisations of the compiled engine.</summary>
    public CompiledOptions Optimisations { get; init; } = CompiledOptions.Default;

    /// <summary>The designs that are wanted.</summary>
    public IEnumerable<string> Chosen => Designs.Where(name => Design is null || Design == name);
}
