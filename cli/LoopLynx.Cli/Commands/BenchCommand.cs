using System.CommandLine;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LoopLynx.Accelerator;
using LoopLynx.Benchmarks.Designs;
using LoopLynx.Races;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Runtime;
using LoopLynx.Hdl;
using LoopLynx.Sim.Compiled;
using LoopLynx.Verilator;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx bench</c>: the compiled engine against Verilator.</summary>
public static class BenchCommand
{
    private static readonly string[] Names = ["mac-array", "control", "node"];

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var runs = new Option<int>("--runs") { Description = "timed runs of each engine", DefaultValueFactory = _ => 7 };
        var threads = new Option<int>("--threads") { Description = "also race a Verilated model of this many threads; ratios are against the faster one", DefaultValueFactory = _ => 1 };
        var rebuild = new Option<bool>("--rebuild") { Description = "build the Verilated models anew, to time their builds, instead of taking them from the cache" };
        var only = new Option<string?>("--design") { Description = $"one of {string.Join(", ", Names)} (default: all)" };
        var model = new Option<string?>("--model") { Description = "folder of a GPT-2 checkpoint for the node (default: the shipped model)" };
        var json = new Option<bool>("--json") { Description = "print one JSON object" };
        var machine = new MachineOptions();
        var command = new Command("bench", "Simulation speed: the compiled engine against Verilator, side by side.") { runs, threads, rebuild, only, model, json };
        var ablation = new Option<bool>("--ablation") { Description = "the compiled engine against itself, each optimisation off in turn, instead of against Verilator" };
        var optimisations = new EngineOptions();
        command.Add(ablation);
        machine.AddTo(command);
        optimisations.AddTo(command);
        command.SetAction((parsed, cancel) => Task.Run(() =>
        {
            if (parsed.GetValue(only) is { } unknown && !Names.Contains(unknown))
            {
                throw new UsageException($"--design {unknown} is unknown; use {string.Join(", ", Names)}");
            }

            if (parsed.GetValue(runs) < 1 || parsed.GetValue(threads) < 1)
            {
                throw new UsageException("--runs and --threads are at least 1");
            }

            if (parsed.GetValue(ablation))
            {
                return Ablate(parsed, machine, parsed.GetValue(only), parsed.GetValue(model), parsed.GetValue(runs), parsed.GetValue(json), cancel);
            }

            // The Verilated model is built without assertions: neither side checks any.
            var compiledOptions = optimisations.Options(parsed) with { CheckAssertions = false };
            var results = new List<RaceResult>();
            var cache = parsed.GetValue(rebuild) ? Directory.CreateTempSubdirectory("looplynx-bench") : null;
            try
            {
                foreach (var name in Names.Where(n => parsed.GetValue(only) is null || parsed.GetValue(only) == n))
                {
                    results.Add(Progress.Run($"Racing {name}", _ => name switch
                    {
                        "mac-array" => EngineRace.Run(name, () => Elaborator.Elaborate(new MacArray(256)), parsed.GetValue(runs), parsed.GetValue(threads), cache?.FullName, compiledOptions, cancel),
                        "control" => EngineRace.Run(name, () => Elaborator.Elaborate(new ControlPlane(AblationDesigns.Control)), parsed.GetValue(runs), parsed.GetValue(threads), cache?.FullName, compiledOptions, cancel),
                        _ => Node(parsed, machine, parsed.GetValue(model), parsed.GetValue(runs), parsed.GetValue(threads), cache?.FullName, compiledOptions, cancel),
                    }));
                }
            }
            finally
            {
                cache?.Delete(recursive: true);
            }

            var vector = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(new
                {
                    Designs = results,
                    Runtime = RuntimeInformation.FrameworkDescription,
                    VectorBits = vector,
                    Verilator = ExternalTool.Verilator.Run(["--version"]).Output.Trim(),
                    VerilatorFlags = "-O3, -CFLAGS \"-O3 -march=native\", no trace, no assertions on either side",
                });
            }
            else
            {
                Console.Out.WriteLine($"{RuntimeInformation.FrameworkDescription}, vectors of {vector} bits; {ExternalTool.Verilator.Run(["--version"]).Output.Trim()}, -O3, -CFLAGS \"-O3 -march=native\", no trace; no assertions on either side");
                foreach (var r in results)
                {
                    Console.Out.WriteLine($"{r.Name,-10} compiled {r.CompiledCyclesPerSecond,12:F0} cycles/s, "
                        + string.Join(", ", r.Verilated.Select(v => $"verilator {(v.Threads > 1 ? $"with {v.Threads} threads " : "")}{v.CyclesPerSecond,12:F0} cycles/s"))
                        + $", ratio {r.Ratio:F2} (median {r.MedianRatio:F2}), states {(r.HashesEqual ? "equal" : "DIFFERENT")}");
                    Console.Out.WriteLine($"{"",-10} edit to first cycle {r.EditToFirstCycleSeconds:F2} s, to compiled {r.EditToCompiledSeconds:F2} s; build again {r.CompiledBuildSeconds:F2} s; "
                        + $"verilator's build {r.VerilatorBuildSeconds:F1} s, {r.EditRatio:F0} times the first cycle");
                }
            }

            return results.All(r => r.HashesEqual) ? 0 : throw new DifferenceException("the engines ended in different states");
        }, cancel));
        return command;
    }

    private static int Ablate(ParseResult parsed, MachineOptions machine, string? only, string? directory, int runs, bool json, CancellationToken cancel)
    {
        var model = ModelSource.Load(directory, cancel).Quantized;
        var designs = new AblationDesigns(model, machine.Configure(parsed, model.Shape), cancel);
        var rows = Progress.Run("Switching off", _ => Names.Where(n => only is null || only == n).SelectMany(name => Ablation.Run(name, options => designs.Start(name, options), runs, cancel)).ToArray());
        if (json)
        {
            JsonOutput.Write(new { Ablation = rows });
        }
        else
        {
            foreach (var row in rows)
            {
                Console.Out.WriteLine($"{row.Design,-10} without {row.Off,-10} {row.Slowdown:F2} times slower (median {row.MedianSlowdown:F2})");
            }
        }

        return 0;
    }

    private static RaceResult Node(ParseResult parsed, MachineOptions machine, string? directory, int runs, int threads, string? cache, CompiledOptions options, CancellationToken cancel)
    {
        var model = ModelSource.Load(directory, cancel).Quantized;
        return NodeRace.Run(model, machine.Configure(parsed, model.Shape), runs, threads, cache, options, cancel);
    }
}
