using LoopLynx.Cli.Output;
using LoopLynx.Races;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>bench</c> measured.</summary>
/// <param name="Designs">Each design's race.</param>
/// <param name="Runtime">Version of the runtime.</param>
/// <param name="VectorBits">Bits of the processor's vectors.</param>
/// <param name="Verilator">Verilator's version.</param>
public sealed record BenchReport(IReadOnlyList<RaceResult> Designs, string Runtime, int VectorBits, string Verilator) : Report
{
    private const string Flags = "-O3, -CFLAGS \"-O3 -march=native\", no trace";

    /// <inheritdoc/>
    public override object Json => new { Designs, Runtime, VectorBits, Verilator, VerilatorFlags = $"{Flags}, no assertions on either side" };

    /// <inheritdoc/>
    public override string? Difference => Designs.All(r => r.HashesEqual) ? null : "the engines ended in different states";

    /// <inheritdoc/>
    public override void WriteText(TextWriter output)
    {
        output.WriteLine($"{Runtime}, vectors of {VectorBits} bits; {Verilator}, {Flags}; no assertions on either side");
        foreach (var r in Designs)
        {
            output.WriteLine($"{r.Name,-10} compiled {r.CompiledCyclesPerSecond,12:F0} cycles/s, "
                + string.Join(", ", r.Verilated.Select(Speed))
                + $", ratio {r.Ratio:F2} (median {r.MedianRatio:F2}), states {(r.HashesEqual ? "equal" : "DIFFERENT")}");
            output.WriteLine($"{"",-10} edit to first cycle {r.EditToFirstCycleSeconds:F2} s, to compiled {r.EditToCompiledSeconds:F2} s; "
                + $"build again {r.CompiledBuildSeconds:F2} s; "
                + $"verilator's build {r.VerilatorBuildSeconds:F1} s, {r.EditRatio:F0} times the first cycle");
        }
    }

    private static string Speed(VerilatedResult verilated) =>
        $"verilator {(verilated.Threads > 1 ? $"with {verilated.Threads} threads " : "")}{verilated.CyclesPerSecond,12:F0} cycles/s";
}
