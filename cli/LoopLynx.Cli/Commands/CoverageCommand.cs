using System.CommandLine;
using LoopLynx.Accelerator;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Gen;
using LoopLynx.Hdl.Coverage;
using LoopLynx.Host;
using LoopLynx.Runtime;
using LoopLynx.Sim.Coverage;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx coverage</c>: what some tokens exercise of the accelerator, merged with earlier runs.</summary>
public static class CoverageCommand
{
    private const int ShownGaps = 40;

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var shape = new Option<string>("--shape") { Description = "gpt2-345m, gpt2-124m, shakespeare, or a config.json", DefaultValueFactory = _ => "shakespeare" };
        var tokens = new Option<int>("--tokens") { Description = "tokens to run, from position 0", DefaultValueFactory = _ => 8 };
        var engine = new Option<string>("--engine") { Description = "compiled or interpreted", DefaultValueFactory = _ => "compiled" };
        var memory = new Option<string>("--memory") { Description = "memory model: ideal or hbm", DefaultValueFactory = _ => "ideal" };
        var machines = new Option<bool>("--each-machine") { Description = "both presets, on 1 and on 2 nodes, instead of one machine" };
        var merge = new Option<string[]>("--merge") { Description = "coverage.json of earlier runs to add", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        var waivers = new Option<string?>("--waivers") { Description = "file of points that need no test, one 'CLASS KIND WHAT -- REASON' a line" };
        var toggles = new Option<bool>("--no-toggles") { Description = "lines, arms and states only: faster" };
        var output = new Option<string>("--out") { Description = "folder for coverage.json, summary.txt and index.html", Required = true };
        var json = new Option<bool>("--json") { Description = "print one JSON object" };
        var machine = new MachineOptions();
        var command = new Command("coverage", "Simulates some tokens and reports which lines, arms, toggles and states of the hardware they exercised.")
        {
            shape, tokens, engine, memory, machines, merge, waivers, toggles, output, json,
        };
        machine.AddTo(command);
        command.SetAction((parsed, cancel) => Task.Run(() =>
        {
            var timing = MachineOptions.Timing(parsed.GetValue(memory)!);
            if (parsed.GetValue(engine) is not ("compiled" or "interpreted") and var unknown)
            {
                throw new UsageException($"--engine {unknown}: coverage is of the compiled or the interpreted engine");
            }

            var modelShape = ModelSource.Shape(parsed.GetValue(shape)!);
            var count = parsed.GetValue(tokens);
            if (count < 1 || count > modelShape.Context)
            {
                throw new UsageException($"--tokens {count}: use 1 to {modelShape.Context}, the context of the model");
            }

            // Whatever can be refused is refused before anything is simulated.
            var excused = parsed.GetValue(waivers) is { } file ? Waiver.Load(Checked(file)) : [];
            var earlier = parsed.GetValue(merge)!.Select(path => CoverageFile.Load(Checked(path))).ToList();
            var configurations = Configurations(machine, parsed, modelShape, parsed.GetValue(machines));
            using var files = OutputSet.Begin(parsed.GetValue(output)!);
            var options = new CoverageOptions { Toggles = !parsed.GetValue(toggles) };
            var run = new CoverageRun(modelShape, count, cancel);
            var databases = Progress.Run("Simulating", progress => configurations.Select((configuration, i) =>
            {
                progress.Report((double)i / configurations.Count);
                return run.On(configuration, parsed.GetValue(engine)!, timing, options, cancel);
            }).ToList());
            var report = CoverageReport.Of(CoverageDatabase.Merge([.. databases, .. earlier]), excused);
            var page = Write(report, files);
            if (parsed.GetValue(json))
            {
                CoverageCount Count(CoverageKind kind) => report.Count(kind);
                JsonOutput.Write(new
                {
                    Lines = Count(CoverageKind.Line),
                    Arms = Count(CoverageKind.Arm),
                    Toggles = Count(CoverageKind.Toggle),
                    States = Count(CoverageKind.State),
                    Transitions = Count(CoverageKind.Transition),
                    Covers = Count(CoverageKind.Cover),
                    IdleWaivers = report.IdleWaivers.Select(w => w.ToString()),
                    Machines = configurations.Count,
                    Tokens = count,
                    File = page,
                });
            }
            else
            {
                Console.Out.Write(CoverageText.Of(report, ShownGaps));
                Console.Out.WriteLine($"written: {page}");
            }

            return 0;
        }, cancel));
        return command;
    }

    private static IReadOnlyList<NodeConfiguration> Configurations(MachineOptions machine, ParseResult parsed, Contract.ModelDescription shape, bool all) => !all
        ? [machine.Configure(parsed, shape)]
        : [.. from preset in Presets.Names from nodes in new[] { 1, 2 } select machine.Configure(parsed, shape, preset, nodes)];

    // A pipe would be waited for.
    private static string Checked(string path)
    {
        InputFile.CheckRegular(path);
        return path;
    }

    private static string Write(CoverageReport report, OutputSet files)
    {
        files.Add("coverage.json", report.Database.ToString());
        files.Add("summary.txt", CoverageText.Of(report));
        files.Add("index.html", CoverageHtml.Of(report, "Coverage", Repository.OfProgram.Root));
        return files.Commit()[2];
    }
}
