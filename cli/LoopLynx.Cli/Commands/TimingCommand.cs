using System.CommandLine;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Runtime;
using LoopLynx.Synthesis.Timing;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx timing</c>: static timing of the machine, analytical, before placement.</summary>
public static class TimingCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var clock = new Option<double>("--clock") { Description = "the clock to meet, in MHz", DefaultValueFactory = _ => Clock.Mhz };
        var paths = new Option<int>("--paths") { Description = "how many of the worst paths to print", DefaultValueFactory = _ => 10 };
        var json = new Option<bool>("--json") { Description = "print one JSON object" };
        var mapping = new MappingOptions();
        var command = new Command("timing", "Times the machine's netlist before placement; fails where it misses the clock.") { clock, paths, json };
        mapping.AddTo(command);
        command.SetAction((parsed, cancel) => Task.Run(() =>
        {
            var mhz = parsed.GetValue(clock);
            if (mhz is not (>= 1 and <= 2000) || parsed.GetValue(paths) < 0)
            {
                throw new UsageException("--clock is 1 to 2000 MHz, --paths at least 0");
            }

            var design = mapping.Map(parsed, cancel);
            var report = TimingAnalysis.Run(design.Absorbed, design.Data, design.Files, mhz, mapping.NodeDepth(parsed), parsed.GetValue(paths));
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(Json(report, design.NetlistHash, design.Data.Hash));
            }
            else
            {
                Print(report);
            }

            return report.Passes ? 0 : throw new DifferenceException(Verdict(report));
        }));
        return command;
    }

    private static string Verdict(TimingReport report)
    {
        var failing = report.Models.Where(m => m.Failing > 0).Select(m => $"{m.Failing} endpoints fail with {m.Name} nets");
        var counts = new[] { (report.Untimed, "untimed endpoints"), (report.OverLevels, "endpoints behind too many levels"), (report.OverFanout, "nets with too many loads"), (report.CombinationalThrough, "combinational outputs of kernels") }
            .Where(c => c.Item1 > 0).Select(c => $"{c.Item1} {c.Item2}");
        return $"{report.ClockMhz:0.#} MHz isn't met ({TimingReport.Label}): {string.Join(", ", failing.Concat(counts))}; the paths name what to change";
    }

    private static object Json(TimingReport report, string netlistHash, string dataHash) => new
    {
        basis = TimingReport.Label,
        report.ClockMhz,
        report.WorstSlackNs,
        report.FmaxMhz,
        report.Models,
        report.Constant,
        report.Untimed,
        report.OverLevels,
        report.OverFanout,
        report.CombinationalThrough,
        report.Kernels,
        report.Paths,
        report.EndpointKinds,
        report.UntimedNames,
        report.WideNets,
        report.ThroughNames,
        netlistHash,
        dataHash,
        report.Passes,
    };

    private static void Print(TimingReport report)
    {
        Console.Out.WriteLine($"Timing, {TimingReport.Label}, at {report.ClockMhz:0.#} MHz: worst slack {report.WorstSlackNs:0.000} ns with typical nets, {report.FmaxMhz:0.0} MHz would pass");
        foreach (var model in report.Models)
        {
            Console.Out.WriteLine($"  {model.Name,-8} worst slack {model.WorstSlackNs,7:0.000} ns, {model.Failing} of {model.Endpoints} endpoints fail");
        }

        Console.Out.WriteLine($"{report.Constant} endpoints are constant, {report.Untimed} untimed; {report.OverLevels} behind too many levels, {report.OverFanout} nets with too many loads, {report.CombinationalThrough} combinational outputs of kernels");
        Console.Out.WriteLine($"{"kernel",-32} {"worst ns",8} {"levels",6} {"failing",8}");
        foreach (var kernel in report.Kernels)
        {
            Console.Out.WriteLine($"{kernel.Name,-32} {kernel.WorstNs,8:0.000} {kernel.Levels,6} {kernel.Failing,8}");
        }

        foreach (var path in report.Paths)
        {
            Console.Out.WriteLine($"{path.Ns:0.000} ns, slack {path.SlackNs:0.000}: {path.From} -> {path.To}");
            Console.Out.WriteLine($"  {path.Levels} levels ({path.Cells}), widest net {path.Fanout} loads; {path.Module}, from {path.FromSource} to {path.Source}");
        }
    }
}
