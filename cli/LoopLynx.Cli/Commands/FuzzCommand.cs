using System.CommandLine;
using System.Diagnostics;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Fuzz;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx fuzz</c>: random designs through every engine and the Verilog backend.</summary>
public static class FuzzCommand
{
    private const double MostMinutes = 100_000;

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var seeds = new Option<int>("--seeds") { Description = "number of designs", DefaultValueFactory = _ => 200 };
        var seed = new Option<int>("--seed") { Description = "seed of the first design", DefaultValueFactory = _ => 1 };
        var cycles = new Option<int>("--cycles") { Description = "cycles of every design", DefaultValueFactory = _ => 64 };
        var minutes = NumberOption.CreateOptional("--minutes", "go on with new designs for this long, whatever --seeds says", 0, MostMinutes);
        var engines = new Option<string>("--engines") { Description = "engines to compare, with commas between", DefaultValueFactory = _ => string.Join(',', FuzzOptions.AllEngines) };
        var json = new Option<bool>("--json") { Description = "print one JSON object" };
        var command = new Command("fuzz", "Random designs through every engine: interpreted, compiled (each optimisation off in turn), Verilator, Icarus; Yosys and z3 prove small ones.") { seeds, seed, cycles, minutes, engines, json };
        command.SetAction((parsed, cancel) => Task.Run(() =>
        {
            var options = new FuzzOptions
            {
                Seeds = parsed.GetValue(seeds),
                FirstSeed = parsed.GetValue(seed),
                Cycles = parsed.GetValue(cycles),
                Time = parsed.GetValue(minutes) is { } limit ? TimeSpan.FromMinutes(limit) : null,
                Engines = [.. parsed.GetValue(engines)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()],
            };
            Check(options);
            var clock = Stopwatch.StartNew();
            var fuzzer = new Fuzzer(options);

            // At once: shrinking takes minutes, and may be cancelled.
            fuzzer.MismatchFound += (seed, mismatch) => Console.Error.WriteLine($"seed {seed}: {mismatch}; shrinking");
            var result = Progress.Run("Fuzzing", progress => fuzzer.Run(progress, cancel));
            if (parsed.GetValue(json))
            {
                WriteJson(options, result, clock.Elapsed.TotalSeconds);
            }
            else
            {
                WriteText(result, clock.Elapsed.TotalSeconds);
            }

            if (result.Mismatches == 0)
            {
                cancel.ThrowIfCancellationRequested();
                return result.Comparisons > 0
                    ? 0
                    : throw new DifferenceException($"nothing was compared: of {result.Designs} designs none was small enough for {string.Join(", ", options.Engines)}; use more --seeds, or the compiled engine");
            }

            throw new DifferenceException($"{result.Mismatches} mismatches in {result.Designs} designs; the first, seed {result.Failures[0].Seed}: {result.Failures[0].Found}");
        }, cancel));
        return command;
    }

    private static void Check(FuzzOptions options)
    {
        if (options.Seeds < 1 || options.Cycles < 1 || options.FirstSeed < 0 || options.FirstSeed > int.MaxValue / 2 || options.Time < TimeSpan.Zero)
        {
            throw new UsageException("--seeds and --cycles are at least 1, --seed and --minutes at least 0");
        }

        if (options.Engines.FirstOrDefault(e => !FuzzOptions.AllEngines.Contains(e)) is { } unknown)
        {
            throw new UsageException($"--engines {unknown} is unknown; use {string.Join(", ", FuzzOptions.AllEngines)}");
        }

        if (!options.Engines.Any(e => e != FuzzOptions.Reference))
        {
            throw new UsageException($"--engines names nothing to compare with the {FuzzOptions.Reference} engine; use {string.Join(", ", FuzzOptions.AllEngines.Where(e => e != FuzzOptions.Reference))}");
        }

        if (options.MissingTool is { } missing)
        {
            throw new UsageException($"'{missing.Tool}' is not installed; install it, or leave {missing.Engine} out of --engines");
        }
    }

    private static void WriteJson(FuzzOptions options, FuzzResult result, double seconds) => JsonOutput.Write(new
    {
        result.Designs,
        result.Cycles,
        result.Mismatches,
        result.Comparisons,
        options.FirstSeed,
        result.Engines,
        result.OptionSets,
        result.Proved,
        Seconds = Math.Round(seconds, 1),
        Failures = result.Failures.Select(f => new
        {
            f.Seed,
            f.Found.Engine,
            Mismatch = f.Found.ToString(),
            Minimal = f.Minimal.ToString(),
            f.Choices,
            CSharp = FailureText.CSharp(f),
            Verilog = FailureText.Verilog(f),
        }),
    });

    private static void WriteText(FuzzResult result, double seconds)
    {
        foreach (var failure in result.Failures)
        {
            Console.Out.WriteLine(FailureText.Of(failure));
        }

        Console.Out.WriteLine($"{result.Designs} designs, {result.Cycles} cycles: {result.Mismatches} mismatches in {result.Comparisons} comparisons; {seconds:F1} s");
        Console.Out.WriteLine(string.Join(", ", result.Engines.Select(e => e.Key == "proof" ? $"proof {result.Proved} of {e.Value}" : $"{e.Key} {e.Value}")));
    }
}
