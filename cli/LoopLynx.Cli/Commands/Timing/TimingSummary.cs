using LoopLynx.Cli.Output;
using LoopLynx.Synthesis.OpenSta;
using LoopLynx.Synthesis.Timing;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>timing</c> found out.</summary>
/// <param name="Timing">Slacks and paths.</param>
/// <param name="NetlistHash">SHA-256 of the mapped netlist.</param>
/// <param name="DataHash">SHA-256 of the delays.</param>
public sealed record TimingSummary(TimingReport Timing, string NetlistHash, string DataHash) : Report
{
    /// <summary>Each kernel's slack by OpenSTA beside this analysis'; null where it wasn't asked.</summary>
    public IReadOnlyList<KernelConfirmation>? OpenSta { get; init; }

    /// <summary>The wire model by which <see cref="TimingReport.Paths"/> are the worst.</summary>
    public string Wires { get; init; } = "typical";

    private string? Disagreement => OpenSta?.FirstOrDefault(k => k.DifferencePs > KernelConfirmation.MostPs) is { } kernel
        ? FormattableString.Invariant(
            $"OpenSTA finds a worst slack of {kernel.OpenStaSlackNs:0.0000} ns in {kernel.Module}, this analysis {kernel.SlackNs:0.0000} ns; one is wrong")
        : null;

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
        OpenSta,
        Timing.Passes,
    };

    /// <inheritdoc/>
    public override string? Difference
    {
        get
        {
            if (Timing.Passes)
            {
                return Disagreement;
            }

            ModelResult[] failed = [.. Timing.Models.Where(m => m.Failing > 0)];
            var failing = failed.Select(m => $"{m.Failing} endpoints fail with {m.Name} nets");
            (int Count, string What)[] counts =
            [
                (Timing.Untimed, "untimed endpoints"),
                (Timing.OverLevels, "endpoints behind too many levels"),
                (Timing.OverFanout, "nets with too many loads"),
                (Timing.CombinationalThrough, "combinational outputs of kernels"),
            ];
            var others = counts.Where(c => c.Count > 0).Select(c => $"{c.Count} {c.What}");
            var advice = failed.Length == 0 || failed.Any(m => m.Name == Wires)
                ? "the report names what to change"
                : $"--wires {failed[0].Name} lists the paths that fail";
            return $"{Timing.ClockMhz:0.#} MHz isn't met ({TimingReport.Label}): {string.Join(", ", failing.Concat(others))}; {advice}";
        }
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter output)
    {
        output.WriteLine($"Timing, {TimingReport.Label}, at {Timing.ClockMhz:0.#} MHz: worst slack {Timing.WorstSlackNs:0.000} ns with typical nets, "
            + $"which would reach {Timing.FmaxMhz:0.0} MHz");
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

        WriteNames(output, "untimed", Timing.UntimedNames);
        WriteNames(output, "too many loads", Timing.WideNets);
        WriteNames(output, "combinational", Timing.ThroughNames);
        if (Timing.Paths.Count > 0)
        {
            output.WriteLine($"the worst paths by {Wires} nets:");
        }

        foreach (var path in Timing.Paths)
        {
            output.WriteLine($"{path.Ns:0.000} ns, slack {path.SlackNs:0.000}: {path.From} -> {path.To}");
            output.WriteLine($"  {path.Levels} levels ({path.Cells}), widest net {path.Fanout} loads; {path.Module}, from {path.FromSource} to {path.Source}");
        }

        WriteOpenSta(output);
    }

    private static void WriteNames(TextWriter output, string what, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            output.WriteLine($"{what}: {name}");
        }
    }

    private void WriteOpenSta(TextWriter output)
    {
        if (OpenSta is null)
        {
            return;
        }

        output.WriteLine(FormattableString.Invariant($"{"kernel by itself, typical nets",-32} {"cells",7} {"slack ns",10} {"OpenSTA ns",10} {"differ ps",9}"));
        foreach (var k in OpenSta)
        {
            output.WriteLine(FormattableString.Invariant(
                $"{k.Module,-32} {k.Cells,7} {k.SlackNs,10:0.000000} {k.OpenStaSlackNs,10:0.000000} {k.DifferencePs,9:0.000}"));
        }
    }
}
