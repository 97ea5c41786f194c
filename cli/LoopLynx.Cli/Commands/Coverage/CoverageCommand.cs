using System.CommandLine;
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
    /// <summary>Describes the command.</summary>
    public static Command Create() => ReportCommand.Create(
        "coverage", "Simulates some tokens and reports which lines, arms, toggles and states of the hardware they exercised.",
        new CoverageCommandOptions(), Execute);

    /// <summary>Runs the tokens and writes the reports; all of them or none.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="console">Shows progress.</param>
    /// <param name="cancel">Ends the simulation; nothing is written then.</param>
    /// <exception cref="UsageException">The context doesn't hold the tokens.</exception>
    public static CoverageSummary Execute(CoverageRequest request, CommandConsole console, CancellationToken cancel)
    {
        var shape = ModelSource.Shape(request.Shape);
        if (request.Tokens < 1 || request.Tokens > shape.Context)
        {
            throw new UsageException($"--tokens {request.Tokens}: use 1 to {shape.Context}, the context of the model");
        }

        // Whatever can be refused is refused before anything is simulated.
        var excused = request.Waivers is { } file ? Waiver.Load(Checked(file)) : [];
        var earlier = request.Merge.Select(path => CoverageFile.Load(Checked(path))).ToList();
        var configurations = request.Configurations(shape);
        using var files = OutputSet.Begin(request.Folder);
        var options = new CoverageOptions { Toggles = !request.NoToggles };
        var run = new CoverageRun(shape, request.Tokens, cancel);
        var databases = console.Progress("Simulating", progress => configurations.Select((configuration, i) =>
        {
            progress.Report((double)i / configurations.Count);
            return run.On(configuration, request.Engine, request.Memory, options, cancel);
        }).ToList());
        var report = CoverageReport.Of(CoverageDatabase.Merge([.. databases, .. earlier]), excused);
        return new CoverageSummary(report, configurations.Count, request.Tokens, Write(report, files, cancel));
    }

    // A pipe would be waited for.
    private static string Checked(string path)
    {
        InputFile.CheckRegular(path);
        return path;
    }

    private static string Write(CoverageReport report, OutputSet files, CancellationToken cancel)
    {
        files.Add("coverage.json", report.Database.ToString());
        files.Add("summary.txt", CoverageText.Of(report));
        files.Add("index.html", CoverageHtml.Of(report, "Coverage", Repository.OfProgram.Root));
        cancel.ThrowIfCancellationRequested();
        return files.Commit()[2];
    }
}
