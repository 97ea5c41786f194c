using System.CommandLine;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Host;
using LoopLynx.Runtime;
using LoopLynx.Sim;
using LoopLynx.Verilator;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx cosim</c>: the C# simulation and the Verilated design in lock-step.</summary>
public static class CosimCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create() => ReportCommand.Create(
        "cosim", "Compares the C# simulation with the Verilated design: every port, every cycle.", new CosimOptions(), Execute);

    /// <summary>Generates tokens on both sides and compares them.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="console">Shows progress.</param>
    /// <param name="cancel">Ends the loading, the building, or the simulation between cycles.</param>
    public static CosimReport Execute(CosimRequest request, CommandConsole console, CancellationToken cancel)
    {
        var work = WorkloadSource.Prepare(request.Machine, request.Model, request.Prompt, request.Tokens, special: true, console, cancel);
        var (pairs, verilated) = (new List<LockstepEngine>(), (VerilatorEngine?)null);
        IEngine Pair(Design design)
        {
            var reference = EngineFactory.Create(request.Engine, design, cancel);
            verilated = Verilated(design, reference, console, cancel);
            pairs.Add(new LockstepEngine(reference, verilated));
            return pairs[^1];
        }

        using var machine = work.Open(request.AsKernels, Pair, request.Memory, cancel);
        var generation = new Generation(work.Model.Quantized, machine, new Sampler(), work.Model.Tokenizer.VocabSize);
        var result = console.Progress("Comparing", progress => work.Run(generation, check: true, progress, cancel));
        return new CosimReport(work, request.Machine, request.Engine, result)
        {
            CyclesCompared = pairs[0].CyclesCompared,
            SignalsCompared = pairs.Sum(p => p.SignalsCompared),
            Mismatches = pairs.Sum(p => p.Mismatches),
            FirstMismatch = pairs.Select(p => p.FirstMismatch?.ToString()).FirstOrDefault(m => m is not null),
            VerilatorVersion = verilated!.Version,
            VerilatorBuildSeconds = verilated.BuildSeconds,
        };
    }

    private static VerilatorEngine Verilated(Design design, IEngine reference, CommandConsole console, CancellationToken cancel)
    {
        try
        {
            return console.Progress("Building with Verilator", _ => new VerilatorEngine(design, new VerilatorOptions { Cancellation = cancel }));
        }
        catch
        {
            reference.Dispose();
            throw;
        }
    }
}
