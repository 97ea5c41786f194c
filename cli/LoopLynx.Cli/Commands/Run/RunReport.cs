using LoopLynx.Cli.Output;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>run</c> found out.</summary>
/// <param name="Summary">The figures and the text.</param>
/// <param name="FirstDifference">Where the accelerator differs from the golden model; null: nowhere, or it wasn't looked at.</param>
public sealed record RunReport(RunSummary Summary, string? FirstDifference) : Report
{
    /// <inheritdoc/>
    public override object Json => Summary;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Warnings => Summary.Warnings;

    /// <inheritdoc/>
    public override string? Difference => FirstDifference is null ? null : $"the accelerator differs from the golden model at {FirstDifference}";

    /// <summary>Writes the figures; the text has been shown while it was generated.</summary>
    public override void WriteText(TextWriter output)
    {
        var s = Summary;
        output.WriteLine();
        output.WriteLine();
        output.WriteLine($"{s.Ids.Count} tokens, {s.CyclesPerToken.Average():F0} cycles a token = {s.MsPerToken:F4} ms at {s.ClockMhz:0.#} MHz"
            + $" ({s.Basis} basis, {s.Scope}), prompt {s.PromptCycles} cycles");
        output.WriteLine(
            $"engine {s.Engine}, {s.Nodes} node, preset {s.Preset}, memory {s.Memory}: {s.WallSeconds:F1} s, {s.CyclesPerSecond:F0} cycles/s"
            + (s.MatchesGolden is { } matches ? $"; every hidden state {(matches ? "equals" : "DIFFERS from")} the golden model" : ""));
        if (s.Wave is not null)
        {
            output.WriteLine(s.Wave.Line);
        }
    }
}
