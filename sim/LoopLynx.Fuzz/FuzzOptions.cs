using LoopLynx.Fuzz.Engines;
using LoopLynx.Fuzz.Equivalence;
using LoopLynx.Sim.Compiled;
using LoopLynx.Verilator;

namespace LoopLynx.Fuzz;

/// <summary>What a run of the fuzzer does.</summary>
public sealed record FuzzOptions
{
    /// <summary>The engine that the others are compared with.</summary>
    public const string Reference = "interpreted";

    /// <summary>Names of all engines, <see cref="Reference"/> first.</summary>
    public static IReadOnlyList<string> AllEngines { get; } = [Reference, "compiled", "verilator", "icarus", "proof"];

    /// <summary>Number of designs.</summary>
    public int Seeds { get; init; } = 200;

    /// <summary>Seed of the first design; the others count on from it.</summary>
    public int FirstSeed { get; init; } = 1;

    /// <summary>Null, or the time after which no new designs are begun, whatever <see cref="Seeds"/> says.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Cycles of every design.</summary>
    public int Cycles { get; init; } = 64;

    /// <summary>Engines that are compared with the interpreted one.</summary>
    public IReadOnlyList<string> Engines { get; init; } = AllEngines;

    /// <summary>Designs that Verilator and Icarus get at once.</summary>
    public int BatchSize { get; init; } = 50;

    /// <summary>Largest design that Verilator gets, in bits of all values; larger ones take g++ seconds each.</summary>
    public long VerilatorBits { get; init; } = 15_000;

    /// <summary>Largest design that Icarus gets; it passes on whole vectors for every lane that changes.</summary>
    public long IcarusBits { get; init; } = 16_000;

    /// <summary>Largest design whose Verilog is proved equivalent; larger ones cost the solver minutes.</summary>
    public long ProofBits { get; init; } = 8_000;

    /// <summary>Time of the solver for one design.</summary>
    public TimeSpan ProofTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Mismatches that are shrunk; more are only counted.</summary>
    public int Shrunk { get; init; } = 3;

    /// <summary>Longest time to shrink one.</summary>
    public TimeSpan ShrinkTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What one gets even when <see cref="Time"/> is over.</summary>
    public TimeSpan LeastShrinkTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The first chosen engine whose tool isn't installed.</summary>
    public (string Engine, string Tool)? MissingTool =>
        Engines.Contains(VerilatorCheck.Name) && !ExternalTool.Verilator.IsInstalled ? (VerilatorCheck.Name, ExternalTool.Verilator.Program)
        : Engines.Contains(VerilatorCheck.Name) && !ExternalTool.Compiler.IsInstalled ? (VerilatorCheck.Name, ExternalTool.Compiler.Program)
        : Engines.Contains(IcarusCheck.Name) && !IcarusCheck.IsInstalled ? (IcarusCheck.Name, "iverilog")
        : Engines.Contains(EquivalenceCheck.Name) && EquivalenceCheck.MissingTool is { } tool ? (EquivalenceCheck.Name, tool)
        : null;

    /// <summary>A mistake planted into the compiled engine; tests see that it is found.</summary>
    internal Miscompile Planted { get; init; }
}
