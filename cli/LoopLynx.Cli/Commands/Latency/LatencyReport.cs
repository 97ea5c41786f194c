using LoopLynx.Accelerator;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Cli.Waves;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>latency</c> found out about one token.</summary>
/// <param name="Result">The token.</param>
/// <param name="Machine">The machine that was asked for.</param>
/// <param name="Memory">Name of the memory model.</param>
/// <param name="Wave">The wave file; null: none.</param>
public sealed record LatencyReport(TokenResult Result, MachineRequest Machine, string Memory, WaveSummary? Wave) : Report
{
    private const string Row = "  {0,-13} {1,10} {2,10} {3,10} {4,10} {5,10}";

    private long Roofline => Result.Configuration.RooflineBeats(Result.Position);

    private long Estimate => LatencyModel.Token(Result.Configuration, Result.Position).Cycles;

    /// <inheritdoc/>
    public override object Json => new
    {
        Result.Cycles,
        Ms = Clock.Milliseconds(Result.Cycles),
        Result.Roofline,
        RooflineCycles = Roofline,
        Stages = Result.Stages.Names.Select(s => new
        {
            name = s,
            cycles = Result.Stages[s],
            busy = Result.Stages[s, Activity.Busy],
            memory = Result.Stages[s, Activity.Memory],
            ring = Result.Stages[s, Activity.Ring],
            dependency = Result.Stages[s, Activity.Dependency],
        }),
        Result.MatchesGolden,
        ModelCycles = Estimate,
        Fifos = Result.Fifos.Count == 0 ? null : Result.Fifos,
        Result.Position,
        Machine.Nodes,
        Machine.Preset,
        Machine.Off,
        Memory,
        Result.WallSeconds,
        CyclesPerSecond = Result.Cycles / Result.WallSeconds,
        Wave,
    };

    /// <inheritdoc/>
    public override string? Difference => Result.MatchesGolden ? null : "the hidden state differs from the golden model";

    /// <inheritdoc/>
    public override void WriteText(TextWriter output)
    {
        output.WriteLine($"{Result.Cycles} cycles = {Clock.Milliseconds(Result.Cycles):F3} ms at {Clock.Mhz:0.#} MHz (blocks only, simulated), "
            + $"{Result.Roofline:P1} of the roofline ({Roofline} cycles of weights and KV)");
        output.WriteLine($"closed-form model: {Estimate} cycles ({((double)Estimate / Result.Cycles) - 1:+0.00 %;-0.00 %})");
        output.WriteLine(Row, "stage", "cycles", "busy", "memory", "ring", "dependency");
        var stages = Result.Stages;
        foreach (var s in stages.Names)
        {
            output.WriteLine(
                Row, s, stages[s], stages[s, Activity.Busy], stages[s, Activity.Memory], stages[s, Activity.Ring], stages[s, Activity.Dependency]);
        }

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
}
