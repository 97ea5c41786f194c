using LoopLynx.Cli.Output;
using LoopLynx.Hdl.Coverage;
using LoopLynx.Sim.Coverage;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>coverage</c> found out.</summary>
/// <param name="Coverage">The coverage of all runs together.</param>
/// <param name="Machines">Machines that were run.</param>
/// <param name="Tokens">Tokens that each of them ran.</param>
/// <param name="File">The page.</param>
public sealed record CoverageSummary(CoverageReport Coverage, int Machines, int Tokens, string File) : Report
{
    private const int ShownGaps = 40;

    /// <inheritdoc/>
    public override object Json => new
    {
        Lines = Coverage.Count(CoverageKind.Line),
        Arms = Coverage.Count(CoverageKind.Arm),
        Toggles = Coverage.Count(CoverageKind.Toggle),
        States = Coverage.Count(CoverageKind.State),
        Transitions = Coverage.Count(CoverageKind.Transition),
        Covers = Coverage.Count(CoverageKind.Cover),
        IdleWaivers = Coverage.IdleWaivers.Select(w => w.ToString()),
        Machines,
        Tokens,
        File,
    };

    /// <inheritdoc/>
    public override void WriteText(TextWriter output)
    {
        output.Write(CoverageText.Of(Coverage, ShownGaps));
        output.WriteLine($"written: {File}");
    }
}
