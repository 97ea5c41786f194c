using System.CommandLine;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Synthesis.Resources;
using LoopLynx.Synthesis.Timing;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx resources</c>: what the machine takes of the card, per kernel.</summary>
public static class ResourcesCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "print one JSON object" };
        var mapping = new MappingOptions();
        var command = new Command("resources", "Maps the machine with Yosys for UltraScale+ and counts its cells per kernel.") { json };
        mapping.AddTo(command);
        command.SetAction((parsed, cancel) => Task.Run(() =>
        {
            var design = mapping.Map(parsed, cancel);
            var report = ResourceAnalysis.Run(design.Mapped, design.Absorbed, mapping.NodeDepth(parsed));
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(Json(report, design.NetlistHash));
            }
            else
            {
                Print(report);
            }

            return 0;
        }));
        return command;
    }

    private static object Json(ResourceReport report, string hash)
    {
        var budget = Budget.Default;
        return new
        {
            basis = $"Yosys synth_xilinx -family xcup, {TimingReport.Label}",
            kernels = report.Kernels.Select(k => new { k.Name, k.Count, k.Depth, k.Total.Lut, k.Total.Ff, k.Total.FfAbsorbed, lutram = k.Total.LutRam, k.Total.Carry8, k.Total.Dsp, k.Total.Bram36, k.Total.Uram, k.LogicLevels, Own = Row(k.Own) }),
            node = Row(report.Node),
            machine = Row(report.Machine),
            unregistered = report.Unregistered,
            shares = budget.Shares(report.Node).Select(s => new { s.Name, s.Share, s.Most }),
            fits = budget.Over(report.Node).Count == 0,
            netlistHash = hash,
        };
    }

    private static object Row(ResourceCount c) => new { c.Lut, c.Ff, c.FfAbsorbed, lutram = c.LutRam, c.Carry8, c.Dsp, c.Bram36, c.Uram };

    private static void Print(ResourceReport report)
    {
        var budget = Budget.Default;
        Console.Out.WriteLine($"Cells by Yosys synth_xilinx -family xcup ({TimingReport.Label}); FF as Yosys counts, and after absorption into DSP48E2, RAMB36E2 and URAM288");
        Console.Out.WriteLine($"{"module, with children",-32} {"count",5} {"LUT",8} {"LUTRAM",7} {"FF",8} {"absorbed",8} {"CARRY8",6} {"DSP",5} {"BRAM36",6} {"URAM",5} {"levels",6}");
        foreach (var kernel in report.Kernels)
        {
            Line($"{new string(' ', 2 * (kernel.Depth - 1))}{kernel.Name}", kernel.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), kernel.Total, kernel.LogicLevels);
        }

        Line("node", "", report.Node, null);
        Line("machine", "", report.Machine, null);
        Budgeted("one die", budget.Die);
        Budgeted("shell's share (estimate)", budget.Shell);
        Budgeted("Table II, with shell", budget.TableII);
        Console.Out.WriteLine($"node and shell of a die: {string.Join(", ", budget.Shares(report.Node).Select(s => $"{s.Name} {s.Share:0.#} % (at most {s.Most:0})"))}: {(budget.Over(report.Node).Count == 0 ? "fits" : "DOESN'T FIT")}");
        Console.Out.WriteLine($"{report.Unregistered.Count} DSPs and RAMs lack registers:");
        foreach (var group in report.Unregistered.GroupBy(u => (u.Module, u.Type, u.Missing)).OrderByDescending(g => g.Count()))
        {
            Console.Out.WriteLine($"  {group.Count(),5} {group.Key.Type} of {group.Key.Module} without {string.Join(", ", group.Key.Missing == "output" ? ["output register"] : group.Key.Missing.Select(m => $"{m}REG"))}, for example {group.First().Cell}");
        }
    }

    private static void Line(string name, string count, ResourceCount c, int? levels) =>
        Console.Out.WriteLine($"{name,-32} {count,5} {c.Lut,8} {c.LutRam,7} {c.Ff,8} {c.FfAbsorbed,8} {c.Carry8,6} {c.Dsp,5} {c.Bram36,6:0.#} {c.Uram,5} {levels,6}");

    private static void Budgeted(string name, BudgetRow row) =>
        Console.Out.WriteLine($"{name,-32} {"",5} {row.Lut,8} {"",7} {row.Ff,8} {"",8} {"",6} {row.Dsp,5} {row.Bram36,6} {row.Uram,5}");
}
