using System.Globalization;
using LoopLynx.Accelerator;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Cli.Waves;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>latency</c> found out about one token.</summary>
/// <param name="Result">The token.</param>
/// <param name="Machine">The machine that was asked for.</param>
/// <param name="Wave">The wave file; null: none.</param>
public sealed record LatencyReport(TokenResult Result, MachineRequest Machine, WaveSummary? Wave) : Report
{
    private const string Row = "  {0,-13} {1,10} {2,10} {3,10} {4,10} {5,10}";

    private static readonly IReadOnlyList<CardRow> NoRows = [];

    private Clock Clock => Machine.Clock;

    private double Ms => Clock.Milliseconds(Result.Cycles);

    private double RooflineMs => Result.Memory.Card is { } card
        ? CardPace.RooflineMs(card, Result.Configuration, Result.Position)
        : Clock.Milliseconds(Result.Configuration.RooflineBeats(Result.Position));

    private long RooflineCycles => (long)Math.Round(RooflineMs * Clock.Mhz * 1000);

    private long Estimate => Result.ModelCycles;

    // A kernel counts the cycles of its steps, not what it does in them.
    private long? Of(string step, Activity activity) => Result.Stages.HasActivities ? Result.Stages[step, activity] : null;

    private string Scope => Result.AsKernels ? "one start of the kernel" : "blocks only";

    private long AroundSteps => Result.Cycles - Result.Stages.Names.Sum(s => Result.Stages[s]);

    private IReadOnlyList<CardRow> Rows => Result.Memory.Card is { } card && Clock == Clock.Card
        ? CardRow.All(card, Result.Configuration, Result.Position)
        : NoRows;

    /// <inheritdoc/>
    public override object Json => new
    {
        Result.Cycles,
        Ms,
        ClockMhz = Clock.Mhz,
        Clock.Basis,
        Roofline = RooflineMs / Ms,
        RooflineCycles,
        RooflineMs,
        Stages = Result.Stages.Names.Select(s => new
        {
            name = s,
            cycles = Result.Stages[s],
            busy = Of(s, Activity.Busy),
            memory = Of(s, Activity.Memory),
            ring = Of(s, Activity.Ring),
            dependency = Of(s, Activity.Dependency),
        }),
        Result.MatchesGolden,
        ModelCycles = Estimate,
        Kernel = Result.AsKernels,
        CyclesAroundSteps = Result.AsKernels ? AroundSteps : (long?)null,
        Fifos = Result.Fifos.Count == 0 ? null : Result.Fifos,
        Result.Position,
        Machine.Nodes,
        Machine.Preset,
        Machine.Off,
        Memory = Result.Memory.Name,
        MemoryPeakGBps = Result.PeakGBps,
        Cards = Rows is { Count: > 0 } rows ? rows : null,
        Link = Machine.CardLink?.Name,
        LinkCycles = Machine.CardLink is null ? (int?)null : Result.Configuration.CardLinkCycles,
        Result.WallSeconds,
        CyclesPerSecond = Result.Cycles / Result.WallSeconds,
        Wave,
    };

    /// <inheritdoc/>
    public override string? Difference => Result.MatchesGolden ? null : "the hidden state differs from the golden model";

    /// <inheritdoc/>
    public override void WriteText(TextWriter output)
    {
        output.WriteLine($"{Result.Cycles} cycles = {Ms:F3} ms at {Clock} ({Scope}, simulated), "
            + $"{RooflineMs / Ms:P1} of the roofline ({RooflineCycles} cycles of weights and KV = {RooflineMs:F3} ms)");
        var model = Result.AsKernels ? "closed-form model, without what is around the node" : "closed-form model";
        output.WriteLine($"{model}: {Estimate} cycles ({((double)Estimate / Result.Cycles) - 1:+0.00 %;-0.00 %})");
        WriteCard(output);
        WriteStages(output);

        foreach (var fifo in Result.Fifos)
        {
            output.WriteLine($"  {fifo.Path,-60} {fifo.Highest,6} of {fifo.Depth}");
        }

        output.WriteLine($"the hidden state {(Result.MatchesGolden ? "equals" : "DIFFERS from")} the golden model; "
            + $"{Result.WallSeconds:F1} s, {Result.Cycles / Result.WallSeconds:F0} cycles/s");
        if (Wave is not null)
        {
            output.WriteLine(Wave.Line);
        }
    }

    private void WriteStages(TextWriter output)
    {
        void Line(params object?[] cells) => output.WriteLine(string.Format(CultureInfo.InvariantCulture, Row, cells).TrimEnd());
        Line(["stage", "cycles", .. Result.Stages.HasActivities ? ["busy", "memory", "ring", "dependency"] : new string?[4]]);
        foreach (var s in Result.Stages.Names)
        {
            Line(s, Result.Stages[s], Of(s, Activity.Busy), Of(s, Activity.Memory), Of(s, Activity.Ring), Of(s, Activity.Dependency));
        }

        if (Result.AsKernels)
        {
            Line("around them", AroundSteps, null, null, null, null);
        }
    }

    private void WriteCard(TextWriter output)
    {
        if (Machine.CardLink is { } link)
        {
            output.WriteLine(
                $"two cards: {link.Name}, {link.Ns:0} ns = {Result.Configuration.CardLinkCycles} cycles with {SerialLink.CrossingCycles} of clock crossing");
        }

        if (Result.PeakGBps is { } peak)
        {
            output.WriteLine($"memory: at most {peak:F1} GB/s a card in any {Result.Memory.Card!.PowerWindowNs / 1000:0} us, "
                + $"of {Result.Memory.Card.CardGBps:0} that its rail gives");
        }

        foreach (var row in Rows)
        {
            output.WriteLine($"  {row.Name,-17} hbm_aclk {row.HbmClockMhz} MHz, {row.CardGBps:0} GB/s a card: {row.ModelMs:F3} ms (closed form), "
                + $"roofline {row.RooflineMs:F3} ms");
        }
    }
}
