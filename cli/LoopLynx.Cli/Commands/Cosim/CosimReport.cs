using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>cosim</c> found out.</summary>
/// <param name="Work">What was run.</param>
/// <param name="Machine">The machine that was asked for.</param>
/// <param name="Engine">Name of the C# side's engine.</param>
/// <param name="Result">What was generated.</param>
public sealed record CosimReport(Workload Work, MachineRequest Machine, string Engine, GenerationResult Result) : Report
{
    /// <summary>Cycles that were compared.</summary>
    public required long CyclesCompared { get; init; }

    /// <summary>Ports that were compared in each of them.</summary>
    public required int SignalsCompared { get; init; }

    /// <summary>Values that differ.</summary>
    public required long Mismatches { get; init; }

    /// <summary>The first value that differs, in words; null: none does.</summary>
    public required string? FirstMismatch { get; init; }

    /// <summary>Verilator's version.</summary>
    public required string VerilatorVersion { get; init; }

    /// <summary>Seconds of building the Verilated model; 0 where it was in the cache.</summary>
    public required double VerilatorBuildSeconds { get; init; }

    /// <inheritdoc/>
    public override object Json => new
    {
        CyclesCompared,
        SignalsCompared,
        Mismatches,
        FirstMismatch,
        Result.Ids,
        Result.MatchesGolden,
        machine = new { nodes = Machine.Nodes, preset = Machine.Preset, Work.Configuration.Channels, Work.Configuration.Lanes },
        Engine,
        VerilatorVersion,
        VerilatorBuildSeconds,
        Work.Model.Warnings,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Warnings => Work.Model.Warnings;

    /// <inheritdoc/>
    public override string? Difference =>
        Mismatches > 0 ? $"the Verilog differs from the C# simulation: {FirstMismatch}"
        : Result.FirstDifference is { } difference ? $"the accelerator differs from the golden model at {difference}"
        : null;

    /// <inheritdoc/>
    public override void WriteText(TextWriter output) =>
        output.WriteLine($"{CyclesCompared} cycles, {SignalsCompared} ports: {Mismatches} mismatches ({VerilatorVersion})");
}
