using System.CommandLine;
using LoopLynx.Accelerator;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Gen;
using LoopLynx.Hdl;

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
            var files = VerilogBackend.WriteTo(design, folder);
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(new { Files = files, TopModule = design.Top.Name, Modules = design.Definitions.Length });
            }
            else
            {
                Console.Out.WriteLine($"{files.Count} files in {folder}: top module {design.Top.Name}, {design.Definitions.Length} modules");
            }

            return 0;
        }));
        return command;
    }
}
