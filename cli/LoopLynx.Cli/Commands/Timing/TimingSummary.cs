using LoopLynx.Cli.Output;
using LoopLynx.Synthesis.Timing;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>timing</c> found out.</summary>
/// <param name="Timing">Slacks and paths.</param>
/// <param name="NetlistHash">SHA-256 of the mapped netlist.</param>
/// <param name="DataHash">SHA-256 of the delays.</param>
public sealed record TimingSummary(TimingReport Timing, string NetlistHash, string DataHash) : Report
{
    /// <inheritdoc/>
    public override object Json => new
    {
        basis = TimingReport.Label,
        Timing.ClockMhz,
        Timing.WorstSlackNs,
        Timing.FmaxMhz,
        Timing.Models,
        Timing.Constant,
        Timing.Untimed,
        Timing.OverLevels,
        Timing.OverFanout,
        Timing.CombinationalThrough,
        Timing.Kernels,
        Timing.Paths,
        Timing.EndpointKinds,
        Timing.UntimedNames,
        Timing.WideNets,
        Timing.ThroughNames,
        netlistHash = NetlistHash,
        dataHash = DataHash,
        Timing.Passes,
    };

    /// <inheritdoc/>
    public override string? Difference
    {
        get
        {
            if (Timing.Passes)
            {
                return null;
            }

            var failing = Timing.Models.Where(m => m.Failing > 0).Select(m => $"{m.Failing} endpoints fail with {m.Name} nets");
            (int Count, string What)[] counts =
            [
                (Timing.Untimed, "untimed endpoints"),
                (Timing.OverLevels, "endpoints behind too many levels"),
                (Timing.OverFanout, "nets with too many loads"),
                (Timing.CombinationalThrough, "combinational outputs of kernels"),
            ];
            var others = counts.Where(c => c.Count > 0).Select(c => $"{c.Count} {c.What}");
            return $"{Timing.ClockMhz:0.#} MHz isn't met ({TimingReport.Label}): {string.Join(", ", failing.Concat(others))}; the paths name what to change";
        }
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter output)
    {
        output.WriteLine($"Timing, {TimingReport.Label}, at {Timing.ClockMhz:0.#} MHz: worst slack {Timing.WorstSlackNs:0.000} ns with typical nets, "
            + $"{Timing.FmaxMhz:0.0} MHz would pass");
        foreach (var model in Timing.Models)
        {
            output.WriteLine($"  {model.Name,-8} worst slack {model.WorstSlackNs,7:0.000} ns, {model.Failing} of {model.Endpoints} endpoints fail");
        }

        output.WriteLine($"{Timing.Constant} endpoints are constant, {Timing.Untimed} untimed; {Timing.OverLevels} behind too many levels, "
            + $"{Timing.OverFanout} nets with too many loads, {Timing.CombinationalThrough} combinational outputs of kernels");
        output.WriteLine($"{"kernel",-32} {"worst ns",8} {"levels",6} {"failing",8}");
        foreach (var kernel in Timing.Kernels)
        {
            output.WriteLine($"{kernel.Name,-32} {kernel.WorstNs,8:0.000} {kernel.Levels,6} {kernel.Failing,8}");
        }

        foreach (var path in Timing.Paths)
        {
            output.WriteLine($"{path.Ns:0.000} ns, slack {path.SlackNs:0.000}: {path.From} -> {path.To}");
            output.WriteLine($"  {path.Levels} levels ({path.Cells}), widest net {path.Fanout} loads; {path.Module}, from {path.FromSource} to {path.Source}");
        }
    }
}
