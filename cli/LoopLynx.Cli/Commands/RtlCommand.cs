using System.CommandLine;
using LoopLynx.Accelerator;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Gen;
using LoopLynx.Gen.Board;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

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
        command.SetAction((parsed, _) => Task.Run(() =>
        {
            var folder = parsed.GetValue(output)!;
            var configuration = machine.Configure(parsed, ModelSource.Shape(parsed.GetValue(shape)!));
            var design = Elaborator.Elaborate(new LoopLynxNode(configuration));
            // Everything is made before the first file is written: a mistake leaves nothing half done.
            var board = BoardFiles(configuration, design);
            var files = VerilogBackend.WriteTo(design, folder).Concat(board.Select(f => OutputFolder.Write(folder, f.Name, f.Text))).ToArray();
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(new { Files = files, TopModule = design.Top.Name, Modules = design.Definitions.Length });
            }
            else
            {
                Console.Out.WriteLine($"{files.Length} files in {folder}: top module {design.Top.Name}, {design.Definitions.Length} modules");
            }

            return 0;
        }));
        return command;
    }

    /// <summary>What belongs to the board rather than to the logic: clock and floorplan of the design as a top of its own, and where its data lies.</summary>
    private static IReadOnlyList<(string Name, string Text)> BoardFiles(NodeConfiguration configuration, Design design)
    {
        // The node's children are what a pblock can hold: the top itself isn't a cell.
        var cells = string.Join(' ', design.Top.Instances.Select(i => i.Name));
        var regions = Enumerable.Range(0, configuration.Channels).SelectMany(channel => new[]
        {
            new MemoryRegion("weights", 0, channel, 0, configuration.WeightBeats * configuration.Lanes),
            new MemoryRegion("kv-cache", 0, channel, configuration.KvBase, configuration.ChannelBytes - configuration.KvBase),
        });
        return [($"{design.Top.Name}.xdc", XdcWriter.Write(U50.Default, [cells])), ("memory-map.json", MemoryMapWriter.Write(U50.Default, [.. regions]))];
    }
}
