using System.CommandLine;
using LoopLynx.Accelerator;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Cli.Waves;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Runtime;
using LoopLynx.Sim;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx latency</c>: one full token at a position, every register simulated, with synthetic weights and a synthetic KV cache.</summary>
public static class LatencyCommand
{
    /// <summary>The position that is simulated where none is asked for.</summary>
    public const int DefaultPosition = 639;

    /// <summary>Describes the command.</summary>
    public static Command Create() => ReportCommand.Create(
        "latency", "Simulates one full token at a position and checks it against the golden model.", new LatencyOptions(), Execute);

    /// <summary>Simulates the token, or with <see cref="LatencyRequest.EachOff"/> the same token on several machines.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="console">Shows progress.</param>
    /// <param name="cancel">Ends the golden model, the building of the engine, or the simulation between cycles.</param>
    /// <returns>A <see cref="LatencyReport"/>, or a <see cref="StudyReport"/>.</returns>
    /// <exception cref="UsageException">What is asked for doesn't fit together.</exception>
    public static Report Execute(LatencyRequest request, CommandConsole console, CancellationToken cancel)
    {
        var shape = ModelSource.Shape(request.Shape);
        var at = request.Position ?? Math.Min(DefaultPosition, shape.Context - 1);
        TokenRun.CheckPosition(shape, at);
        var configuration = request.Machine.Configure(shape);
        if (request.Wave is not null && (request.EachOff || request.Fifos))
        {
            throw new UsageException("--wave shows one token: leave --each-off and --fifos out");
        }

        if (request.AsKernels && (request.Wave is not null || request.Fifos))
        {
            throw new UsageException("--wave and --fifos show the bare machine: leave --kernel out");
        }

        request.Wave?.CheckFile(request.Engine);
        using var capture = WaveCapture.Of(request.Wave, configuration, at, 1, console);
        var run = console.Progress("Computing the golden model", _ => new TokenRun(shape, at, cancel));
        IEngine Engine(Design design)
        {
            var engine = EngineFactory.Create(request.Engine, design, cancel);
            return capture?.Attach(engine) ?? engine;
        }

        TokenResult Simulate(NodeConfiguration c) => request.AsKernels
            ? run.RunKernels(c, Engine, request.Memory, cancel)
            : run.Run(c, Engine, request.Memory, request.Fifos, 0, cancel);
        if (request.EachOff)
        {
            var cases = console.Progress("Simulating", _ => OptimisationStudy.Run(configuration, Simulate).ToArray());
            return new StudyReport(cases, request.Machine.Preset, request.Machine.Clock);
        }

        var result = console.Progress("Simulating", _ => Simulate(configuration));
        return new LatencyReport(result, request.Machine, capture?.Close());
    }
}
