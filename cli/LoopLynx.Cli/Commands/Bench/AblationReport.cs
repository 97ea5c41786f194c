using LoopLynx.Cli.Output;
using LoopLynx.Races;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>bench --ablation</c> measured.</summary>
/// <param name="Rows">Each design without each optimisation.</param>
public sealed record AblationReport(IReadOnlyList<AblationRow> Rows) : Report
{
    /// <inheritdoc/>
    public override object Json => new { Ablation = Rows };

    /// <inheritdoc/>
    public override void WriteText(TextWriter output)
    {
        foreach (var row in Rows)
        {
            output.WriteLine($"{row.Design,-10} without {row.Off,-10} {row.Slowdown:F2} times slower (median {row.MedianSlowdown:F2})");
        }
    }
}
