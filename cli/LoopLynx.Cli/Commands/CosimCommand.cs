using System.CommandLine;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Host;
using LoopLynx.Runtime;
using LoopLynx.Verilator;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx cosim</c>: the C# simulation and the Verilated design in lock-step.</summary>
public static class CosimCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var prompt = new Option<string>("--prompt") { Description = "text to continue", DefaultValueFactory = _ => "ROMEO:" };
        var model = new Option<string?>("--model") { Description = "folder of a GPT-2 checkpoint (default: the shipped model)" };
        var tokens = new Option<int>("--tokens") { Description = "tokens to generate", DefaultValueFactory = _ => 1 };
        var engine = new Option<string>("--engine") { Description = "the C# side: compiled or interpreted", DefaultValueFactory = _ => "compiled" };
        var memory = new Option<string>("--memory") { Description = "memory model: ideal or hbm", DefaultValueFactory = _ => "ideal" };
        var json = new Option<bool>("--json") { Description = "print one JSON object" };
        var machine = new MachineOptions();
        var command = new Command("cosim", "Compares the C# simulation with the Verilated design: every port, every cycle.") { prompt, model, tokens, engine, memory, json };
        machine.AddTo(command);
        command.SetAction((parsed, cancel) => Task.Run(() =>
        {
            var timing = MachineOptions.Timing(parsed.GetValue(memory)!);
            var engineName = parsed.GetValue(engine)!;
            if (engineName is not ("compiled" or "interpreted"))
            {
                throw new UsageException($"--engine {engineName}: the C# side of cosimulation is compiled or interpreted");
            }

            var work = WorkloadSource.Prepare(parsed, machine, parsed.GetValue(model), parsed.GetValue(prompt)!, parsed.GetValue(tokens), cancel);
            var reference = EngineFactory.Create(engineName, work.Design, cancel);
            VerilatorEngine verilated;
            try
            {
                verilated = Progress.Run("Building with Verilator", _ => new VerilatorEngine(work.Design, new VerilatorOptions { Cancellation = cancel }));
            }
            catch
            {
                reference.Dispose();
                throw;
            }

            var lockstep = new LockstepEngine(reference, verilated);
            using var session = new NodeSession(lockstep, work.Configuration, work.BuildMemory(cancel), timing);
            var generation = new Generation(work.Model.Quantized, session, new Sampler(), work.Model.Tokenizer.VocabSize);
            var result = Progress.Run("Comparing", progress => work.Run(generation, check: true, progress, cancel));

            var first = lockstep.FirstMismatch?.ToString();
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(new
                {
                    lockstep.CyclesCompared,
                    lockstep.SignalsCompared,
                    lockstep.Mismatches,
                    FirstMismatch = first,
                    result.Ids,
                    result.MatchesGolden,
                    machine = new { nodes = machine.Nodes(parsed), preset = machine.Preset(parsed), work.Configuration.Channels, work.Configuration.Lanes },
                    Engine = engineName,
                    VerilatorVersion = verilated.Version,
                    VerilatorBuildSeconds = verilated.BuildSeconds,
                    work.Model.Warnings,
                });
            }
            else
            {
                Console.Out.WriteLine($"{lockstep.CyclesCompared} cycles, {lockstep.SignalsCompared} ports: {lockstep.Mismatches} mismatches ({verilated.Version})");
                Warnings.Print(work.Model.Warnings);
            }

            return lockstep.Mismatches > 0 ? throw new DifferenceException($"the Verilog differs from the C# simulation: {first}")
                : result.FirstDifference is { } difference ? throw new DifferenceException($"the accelerator differs from the golden model at {difference}")
                : 0;
        }, cancel));
        return command;
    }
}
