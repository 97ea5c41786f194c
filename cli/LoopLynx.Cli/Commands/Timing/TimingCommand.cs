using System.CommandLine;
using LoopLynx.Cli.Output;
using LoopLynx.Synthesis.OpenSta;
using LoopLynx.Synthesis.Timing;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx timing</c>: static timing of the machine, analytical, before placement.</summary>
public static class TimingCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create() => ReportCommand.Create(
        "timing", "Times the machine's netlist before placement; fails where it misses the clock.", new TimingOptions(), Execute);

    /// <summary>Maps the machine and times it.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="console">Shows progress.</param>
    /// <param name="cancel">Ends the mapping, or the analysis between its passes.</param>
    public static TimingSummary Execute(TimingRequest request, CommandConsole console, CancellationToken cancel)
    {
        var design = request.Mapping.Map(console, cancel);
        var scope = new TimingScope(request.ClockMhz) { Place = request.Mapping.Place, Paths = request.Paths, Wires = request.Wires };
        var report = TimingAnalysis.Run(design.Absorbed, design.Data, design.Files, scope, cancel);
        return new TimingSummary(report, design.NetlistHash, design.Data.Hash)
        {
            Wires = request.Wires,
            OpenSta = request.OpenSta ? console.Progress("OpenSTA", bar => KernelConfirmations.Run(design, scope, bar.Report, cancel)) : null,
        };
    }
}
