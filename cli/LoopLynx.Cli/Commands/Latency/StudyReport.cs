using LoopLynx.Cli.Output;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>latency --each-off</c> found out.</summary>
/// <param name="Cases">The token with all optimisations, then without each.</param>
/// <param name="Preset">Name of the configuration.</param>
/// <param name="Clock">Clock of the milliseconds.</param>
public sealed record StudyReport(IReadOnlyList<OptimisationCase> Cases, string Preset, Clock Clock) : Report
{
    private TokenResult All => Cases[0].Result;

    /// <inheritdoc/>
    public override object Json => new
    {
        Preset,
        All.Configuration.Nodes,
        All.Position,
        ClockMhz = Clock.Mhz,
        Clock.Basis,
        Cases = Cases.Select(c => new
        {
            c.Off,
            c.Result.Cycles,
            Ms = Clock.Milliseconds(c.Result.Cycles),
            Slower = ((double)c.Result.Cycles / All.Cycles) - 1,
            c.ModelCycles,
            c.Result.MatchesGolden,
        }),
    };

    /// <inheritdoc/>
    public override string? Difference => Cases.All(c => c.Result.MatchesGolden) ? null : "a hidden state differs from the golden model";

    /// <inheritdoc/>
    public override void WriteText(TextWriter output)
    {
        output.WriteLine($"preset {Preset}, {All.Configuration.Nodes} node(s), position {All.Position}, simulated at {Clock}, blocks only");
        output.WriteLine("  {0,-52} {1,10} {2,8} {3,9} {4,10}", "without", "cycles", "ms", "slower", "model");
        foreach (var c in Cases)
        {
            var slower = ((double)c.Result.Cycles / All.Cycles) - 1;
            output.WriteLine(
                "  {0,-52} {1,10} {2,8:F3} {3,9:P1} {4,10}", c.Off ?? "(all on)", c.Result.Cycles, Clock.Milliseconds(c.Result.Cycles), slower, c.ModelCycles);
        }
    }
}
