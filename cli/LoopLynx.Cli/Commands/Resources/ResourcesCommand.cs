using System.CommandLine;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Runtime;
using LoopLynx.Synthesis.Resources;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx resources</c>: what the machine takes of the card, per kernel.</summary>
public static class ResourcesCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create() => ReportCommand.Create(
        "resources", "Maps the machine with Yosys for UltraScale+ and counts its cells per kernel.", new ResourcesOptions(), Execute);

    /// <summary>Maps the machine and counts.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="console">Shows progress.</param>
    /// <param name="cancel">Ends the mapping, or the counting between its passes.</param>
    public static ResourcesReport Execute(MappingRequest request, CommandConsole console, CancellationToken cancel)
    {
        var design = request.Map(console, cancel);
        var crossing = request.AsKernel && request.Machine.Nodes > 1 ? DieCrossing.Of(design.Mapped) : null;
        var resources = ResourceAnalysis.Run(design.Mapped, design.Absorbed, request.Place.NodeDepth, cancel);
        return new ResourcesReport(resources, design.NetlistHash, crossing) { Token = OfToken(request, resources) };
    }

    /// <summary>Only for a whole machine, since the model is of nothing else.</summary>
    private static TokenEfficiency? OfToken(MappingRequest request, ResourceReport resources)
    {
        if (request.OneNode || request.AsKernel)
        {
            return null;
        }

        var shape = ModelSource.Shape(request.Shape);
        var position = Math.Min(LatencyCommand.DefaultPosition, shape.Context - 1);
        var clock = request.Machine.Clock;
        return new TokenEfficiency(clock, position, Efficiency.Of(resources.Machine, request.Machine.Configure(shape), clock, position));
    }
}
