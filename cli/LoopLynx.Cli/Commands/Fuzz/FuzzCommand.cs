using System.CommandLine;
using System.Diagnostics;
using LoopLynx.Cli.Output;
using LoopLynx.Fuzz;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx fuzz</c>: random designs through every engine and the Verilog backend.</summary>
public static class FuzzCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create() => ReportCommand.Create(
        "fuzz",
        "Random designs through every engine: interpreted, compiled (each optimisation off in turn), Verilator, Icarus; Yosys and z3 prove small ones.",
        new FuzzCommandOptions(), Execute);

    /// <summary>Makes designs and compares the engines on them; a mismatch is told at once, because shrinking takes minutes.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="console">Shows progress and mismatches.</param>
    /// <param name="cancel">Ends it; the report has what was found until then.</param>
    /// <exception cref="UsageException">The engines can't be compared.</exception>
    public static FuzzReport Execute(FuzzRequest request, CommandConsole console, CancellationToken cancel)
    {
        request.Check();
        var clock = Stopwatch.StartNew();
        var fuzzer = new Fuzzer(request.Options);
        fuzzer.MismatchFound += (seed, mismatch) => console.Error.WriteLine($"seed {seed}: {mismatch}; shrinking");
        var result = console.Progress("Fuzzing", progress => fuzzer.Run(progress, cancel));
        return new FuzzReport(request.Options, result, clock.Elapsed.TotalSeconds, cancel.IsCancellationRequested);
    }
}
