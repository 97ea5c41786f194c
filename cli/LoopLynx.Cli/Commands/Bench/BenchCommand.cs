using System.CommandLine;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LoopLynx.Benchmarks.Designs;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Hdl;
using LoopLynx.Races;
using LoopLynx.Verilator;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx bench</c>: the compiled engine against Verilator.</summary>
public static class BenchCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create() => ReportCommand.Create(
        "bench", "Simulation speed: the compiled engine against Verilator, side by side.", new BenchOptions(), Execute);

    /// <summary>Races the engines, or with <see cref="BenchRequest.Ablation"/> the compiled engine with itself.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="console">Shows progress.</param>
    /// <param name="cancel">Ends the building, or the race between runs.</param>
    /// <returns>A <see cref="BenchReport"/>, or an <see cref="AblationReport"/>.</returns>
    public static Report Execute(BenchRequest request, CommandConsole console, CancellationToken cancel)
    {
        if (request.Ablation)
        {
            return Ablate(request, console, cancel);
        }

        var cache = request.Rebuild ? Directory.CreateTempSubdirectory("looplynx-bench") : null;
        try
        {
            var results = new List<RaceResult>();
            foreach (var name in request.Chosen)
            {
                results.Add(console.Progress($"Racing {name}", _ => Race(name, request, cache?.FullName, console, cancel)));
            }

            var version = ExternalTool.Verilator.Run(["--version"], cancellation: cancel).Output.Trim();
            return new BenchReport(results, RuntimeInformation.FrameworkDescription, VectorBits(), version);
        }
        finally
        {
            cache?.Delete(recursive: true);
        }
    }

    private static RaceResult Race(string name, BenchRequest request, string? cache, CommandConsole console, CancellationToken cancel)
    {
        // The Verilated model is built without assertions: neither side checks any.
        var options = request.Optimisations with { CheckAssertions = false };
        if (name == "node")
        {
            var model = ModelSource.Load(request.Model, console, cancel).Quantized;
            return NodeRace.Run(model, request.Machine.Configure(model.Description), request.Runs, request.Threads, cache, options, cancel);
        }

        Module Top() => name == "control" ? new ControlPlane(AblationDesigns.Control) : new MacArray(256);
        return EngineRace.Run(name, () => Elaborator.Elaborate(Top()), request.Runs, request.Threads, cache, options, cancel);
    }

    private static AblationReport Ablate(BenchRequest request, CommandConsole console, CancellationToken cancel)
    {
        var model = ModelSource.Load(request.Model, console, cancel).Quantized;
        var designs = new AblationDesigns(model, request.Machine.Configure(model.Description), cancel);
        return new AblationReport(console.Progress("Switching off", _ => request.Chosen
            .SelectMany(name => Ablation.Run(name, options => designs.Start(name, options), request.Runs, cancel)).ToArray()));
    }

    private static int VectorBits() => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
}
