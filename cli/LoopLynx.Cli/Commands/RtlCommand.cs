using System.CommandLine;
using LoopLynx.Accelerator;
using LoopLynx.Cli.Options;
using LoopLynx.Contract;
using LoopLynx.Cli.Output;
using LoopLynx.Gen;
using LoopLynx.Gen.Board;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx rtl</c>: the design as Verilog.</summary>
public static class RtlCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var shape = new Option<string>("--shape") { Description = "gpt2-345m, gpt2-124m, shakespeare, or a config.json", DefaultValueFactory = _ => "shakespeare" };
        var output = new Option<string>("--out") { Description = "folder to write into", Required = true };
        var json = new Option<bool>("--json") { Description = "print one JSON object" };
        var machine = new MachineOptions();
        var command = new Command("rtl", "Writes the design as Verilog.") { shape, output, json };
        machine.AddTo(command);
        command.SetAction((parsed, cancel) => Task.Run(() =>
        {
            var folder = parsed.GetValue(output)!;
            var configuration = machine.Configure(parsed, ModelSource.Shape(parsed.GetValue(shape)!));
            using var files = OutputSet.Begin(folder);
            var design = Machine.Elaborate(configuration);
            cancel.ThrowIfCancellationRequested();
            foreach (var file in VerilogBackend.Emit(design))
            {
                files.Add(file.Name, file.Text);
            }

            foreach (var (name, text) in BoardFiles(configuration, design))
            {
                files.Add(name, text);
            }

            files.Add("program.txt", ProgramText.Write(configuration.Program));
            cancel.ThrowIfCancellationRequested();
            var written = files.Commit();
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(new { Files = written, TopModule = design.Top.Name, Modules = design.Definitions.Length });
            }
            else
            {
                Console.Out.WriteLine($"{written.Count} files in {folder}: top module {design.Top.Name}, {design.Definitions.Length} modules");
            }

            return 0;
        }, cancel));
        return command;
    }

    /// <summary>What belongs to the board rather than to the logic: clock and floorplan of the design as a top of its own, and where its data lies. Nodes that don't fit one card go on the next.</summary>
    private static IEnumerable<(string Name, string Text)> BoardFiles(NodeConfiguration configuration, Design design)
    {
        var board = U50.Default;
        foreach (var (nodes, card) in Enumerable.Range(0, configuration.Nodes).Chunk(board.MaxNodes).Select((nodes, card) => (nodes, card)))
        {
            var several = configuration.Nodes > board.MaxNodes;
            var regions =
                from node in Enumerable.Range(0, nodes.Length)
                from channel in Enumerable.Range(0, configuration.Channels)
                from region in configuration.Map.Regions
                select new MemoryRegion(region.Name, node, channel, region.Offset, region.Bytes);
            yield return ($"{design.Top.Name}{(several ? $"_card{card}" : "")}.xdc", XdcWriter.Write(board, [.. nodes.Select(node => CellsOf(node, configuration, design))]));
            yield return ($"memory-map{(several ? $"-card{card}" : "")}.json", MemoryMapWriter.Write(board, [.. regions]));
        }
    }

    /// <summary>The cells of a node: its children where it is the top itself, which isn't a cell; on a ring the node and the link that ends at it.</summary>
    private static string CellsOf(int node, NodeConfiguration configuration, Design design) => configuration.Nodes == 1
        ? string.Join(' ', design.Top.Instances.Select(i => i.Name))
        : $"node{node} {RingLink.Fifo((node + configuration.Nodes - 1) % configuration.Nodes)}";
}
