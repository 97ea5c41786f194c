using LoopLynx.Cli.Output;
using LoopLynx.Fuzz;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>fuzz</c> found out.</summary>
/// <param name="Options">What was run.</param>
/// <param name="Result">What was found.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="IsCancelled">Whether it was cancelled.</param>
public sealed record FuzzReport(FuzzOptions Options, FuzzResult Result, double Seconds, bool IsCancelled) : Report
{
    /// <inheritdoc/>
    public override object Json => new
    {
        Result.Designs,
        Result.Cycles,
        Result.Mismatches,
        Result.Comparisons,
        Options.FirstSeed,
        Result.Engines,
        Result.OptionSets,
        Result.Proved,
        Seconds = Math.Round(Seconds, 1),
        Failures = Result.Failures.Select(f => new
        {
            f.Seed,
            f.Found.Engine,
            Mismatch = f.Found.ToString(),
            Minimal = f.Minimal.ToString(),
            f.Choices,
            CSharp = FailureText.CSharp(f),
            Verilog = FailureText.Verilog(f),
        }),
    };

    /// <inheritdoc/>
    public override bool IsCut => IsCancelled;

    /// <summary>A mismatch, or that nothing was compared; what was cancelled has compared what it could.</summary>
    public override string? Difference =>
        Result.Mismatches > 0
            ? $"{Result.Mismatches} mismatches in {Result.Designs} designs; the first, seed {Result.Failures[0].Seed}: {Result.Failures[0].Found}"
        : Result.Comparisons > 0 || IsCancelled ? null
        : $"nothing was compared: of {Result.Designs} designs none was small enough for {string.Join(", ", Options.Engines)}; "
            + "use more --seeds, or the compiled engine";

    /// <inheritdoc/>
    public override void WriteText(TextWriter output)
    {
        foreach (var failure in Result.Failures)
        {
            output.WriteLine(FailureText.Of(failure));
        }

        output.WriteLine(
            $"{Result.Designs} designs, {Result.Cycles} cycles: {Result.Mismatches} mismatches in {Result.Comparisons} comparisons; {Seconds:F1} s");
        output.WriteLine(string.Join(", ", Result.Engines.Select(e => e.Key == "proof" ? $"proof {Result.Proved} of {e.Value}" : $"{e.Key} {e.Value}")));
    }
}
