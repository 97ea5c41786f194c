using System.CommandLine;
using LoopLynx.Accelerator;
using LoopLynx.Card;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Contract;
using LoopLynx.Gen;
using LoopLynx.Gen.Board;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx rtl</c>: the design as Verilog.</summary>
public static class RtlCommand
{
    /// <summary>The folder, in the output's, of what makes a kernel.</summary>
    public const string KernelFolder = "kernel";

    /// <summary>Describes the command.</summary>
    public static Command Create() => ReportCommand.Create("rtl", "Writes the design as Verilog.", new RtlOptions(), Execute);

    /// <summary>Writes the design, its board's files and its program; all of them or none.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="console">Not used: it is done before a bar is seen.</param>
    /// <param name="cancel">Ends it between elaboration, emission and writing; nothing is written then.</param>
    public static RtlReport Execute(RtlRequest request, CommandConsole console, CancellationToken cancel)
    {
        var configuration = request.Machine.Configure(ModelSource.Shape(request.Shape));
        CheckBoard(configuration);
        using var files = OutputSet.Begin(request.Folder);
        var design = Machine.Elaborate(configuration);
        cancel.ThrowIfCancellationRequested();
        foreach (var file in VerilogBackend.Emit(design))
        {
            cancel.ThrowIfCancellationRequested();
            files.Add(file.Name, file.Text);
        }

        foreach (var (name, text) in BoardFiles(configuration, design, request.Machine.Clock))
        {
            files.Add(name, text);
        }

        files.Add("program.txt", ProgramText.Write(configuration.Program));
        foreach (var file in Kernel(configuration, cancel))
        {
            files.Add($"{KernelFolder}/{file.Name}", file.Text);
        }

        cancel.ThrowIfCancellationRequested();
        return new RtlReport(request.Folder, files.Commit(), design.Top.Name, design.Definitions.Length);
    }

    private static void CheckBoard(NodeConfiguration configuration)
    {
        var (name, most) = (U50.Default.Name, U50.Default.ChannelsPerNode);
        if (configuration.Channels > most)
        {
            throw new UsageException($"a node of the {name} has {most} memory channels, not {configuration.Channels}: use --channels {most} or fewer");
        }
    }

    /// <summary>What makes a kernel of the design for the card: of one node, also where the machine has several.</summary>
    private static IEnumerable<VerilogFile> Kernel(NodeConfiguration configuration, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var kernel = CardRing.OfKernels(configuration);
        return KernelFiles.Of(new CardKernel(kernel, Machine.ElaborateKernel(kernel)), U50.Default);
    }

    /// <summary>
    /// What belongs to the board rather than to the logic: clock and floorplan of the design as a top of its own, and where its data lies. Nodes that don't fit
    /// one card go on the next.
    /// </summary>
    private static IEnumerable<(string Name, string Text)> BoardFiles(NodeConfiguration configuration, Design design, Clock clock)
    {
        var board = U50.Default with { ClockMhz = clock.Mhz };
        foreach (var (nodes, card) in Enumerable.Range(0, configuration.Nodes).Chunk(board.MaxNodes).Select((nodes, card) => (nodes, card)))
        {
            var several = configuration.Nodes > board.MaxNodes;
            var regions =
                from node in Enumerable.Range(0, nodes.Length)
                from channel in Enumerable.Range(0, configuration.Channels)
                from region in configuration.Map.Regions
                select new MemoryRegion(region.Name, node, channel, region.Offset, region.Bytes);
            yield return (
                $"{design.Top.Name}{(several ? $"_card{card}" : "")}.xdc",
                XdcWriter.Write(board, [.. nodes.Select(node => CellsOf(node, configuration, design))]));
            yield return ($"memory-map{(several ? $"-card{card}" : "")}.json", MemoryMapWriter.Write(board, [.. regions]));
        }
    }

    /// <summary>The cells of a node: its children where it is the top itself, which isn't a cell. What lies between nodes may lie anywhere.</summary>
    private static string CellsOf(int node, NodeConfiguration configuration, Design design) => configuration.Nodes == 1
        ? string.Join(' ', design.Top.Instances.Select(i => i.Name))
        : $"node{node}";
}
