using System.CommandLine;
using LoopLynx.Accelerator;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx latency</c>: one full token at a position, every register simulated, with synthetic weights and a synthetic KV cache.</summary>
public static class LatencyCommand
{
    private const string Row = "  {0,-13} {1,10} {2,10} {3,10} {4,10} {5,10}";

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var shape = new Option<string>("--shape") { Description = "gpt2-345m, gpt2-124m, shakespeare, or a config.json", DefaultValueFactory = _ => "gpt2-345m" };
        var position = new Option<int?>("--position") { Description = "position of the token, from 0 (default: 639, or the last one of a shorter context)" };
        var engine = new Option<string>("--engine") { Description = "compiled, interpreted or verilator", DefaultValueFactory = _ => "compiled" };
        var memory = new Option<string>("--memory") { Description = "memory model: ideal or hbm", DefaultValueFactory = _ => "ideal" };
        var fifos = new Option<bool>("--fifos") { Description = "also the highest fill of every FIFO" };
        var study = new Option<bool>("--each-off") { Description = "the same token with each optimisation off in turn" };
        var json = new Option<bool>("--json") { Description = "print one JSON object" };
        var machine = new MachineOptions();
        var command = new Command("latency", "Simulates one full token at a position and checks it against the golden model.") { shape, position, engine, memory, fifos, study, json };
        machine.AddTo(command);
        command.SetAction((parsed, cancel) => Task.Run(() =>
        {
            var timing = MachineOptions.Timing(parsed.GetValue(memory)!);
            var engineName = EngineFactory.Checked(parsed.GetValue(engine)!);
            var modelShape = ModelSource.Shape(parsed.GetValue(shape)!);
            var at = parsed.GetValue(position) ?? Math.Min(639, modelShape.Context - 1);
            TokenRun.CheckPosition(modelShape, at);
            var configuration = machine.Configure(parsed, modelShape);
            var run = Progress.Run("Computing the golden model", _ => new TokenRun(modelShape, at, cancel));
            if (parsed.GetValue(study))
            {
                var cases = Progress.Run("Simulating", _ => OptimisationStudy.Run(configuration, c => run.Run(c, design => EngineFactory.Create(engineName, design, null, cancel), timing, cancel: cancel)).ToArray());
                PrintStudy(cases, machine.Preset(parsed), parsed.GetValue(json));
                return cases.All(c => c.Result.MatchesGolden) ? 0 : throw new DifferenceException("a hidden state differs from the golden model");
            }

            var result = Progress.Run("Simulating", _ => run.Run(configuration, design => EngineFactory.Create(engineName, design, null, cancel), timing, parsed.GetValue(fifos), 0, cancel));
            var estimate = LatencyModel.Token(configuration, at).Cycles;
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(new
                {
                    result.Cycles,
                    Ms = Clock.Milliseconds(result.Cycles),
                    result.Roofline,
                    RooflineCycles = configuration.RooflineBeats(at),
                    Stages = result.Stages.Names.Select(s => new
                    {
                        name = s,
                        cycles = result.Stages[s],
                        busy = result.Stages[s, Activity.Busy],
                        memory = result.Stages[s, Activity.Memory],
                        ring = result.Stages[s, Activity.Ring],
                        dependency = result.Stages[s, Activity.Dependency],
                    }),
                    result.MatchesGolden,
                    ModelCycles = estimate,
                    Fifos = result.Fifos.Count == 0 ? null : result.Fifos,
                    Position = at,
                    Nodes = machine.Nodes(parsed),
                    Preset = machine.Preset(parsed),
                    Off = machine.Off(parsed),
                    Memory = timing.Name,
                    result.WallSeconds,
                    CyclesPerSecond = result.Cycles / result.WallSeconds,
                });
            }
            else
            {
                Console.Out.WriteLine($"{result.Cycles} cycles = {Clock.Milliseconds(result.Cycles):F3} ms at {Clock.Mhz:0.#} MHz (blocks only, simulated), {result.Roofline:P1} of the roofline ({configuration.RooflineBeats(at)} cycles of weights and KV)");
                Console.Out.WriteLine($"closed-form model: {estimate} cycles ({((double)estimate / result.Cycles) - 1:+0.00 %;-0.00 %})");
                Console.Out.WriteLine(Row, "stage", "cycles", "busy", "memory", "ring", "dependency");
                foreach (var s in result.Stages.Names)
                {
                    Console.Out.WriteLine(Row, s, result.Stages[s], result.Stages[s, Activity.Busy], result.Stages[s, Activity.Memory], result.Stages[s, Activity.Ring], result.Stages[s, Activity.Dependency]);
                }

                foreach (var fifo in result.Fifos)
                {
                    Console.Out.WriteLine($"  {fifo.Path,-60} {fifo.Highest,6} of {fifo.Depth}");
                }

                Console.Out.WriteLine($"the hidden state {(result.MatchesGolden ? "equals" : "DIFFERS from")} the golden model; {result.WallSeconds:F1} s, {result.Cycles / result.WallSeconds:F0} cycles/s");
            }

            return result.MatchesGolden ? 0 : throw new DifferenceException("the hidden state differs from the golden model");
        }, cancel));
        return command;
    }

    private static void PrintStudy(IReadOnlyList<OptimisationCase> cases, string preset, bool json)
    {
        var all = cases[0].Result;
        if (json)
        {
            JsonOutput.Write(new
            {
                Preset = preset,
                all.Configuration.Nodes,
                all.Position,
                Cases = cases.Select(c => new
                {
                    c.Off,
                    c.Result.Cycles,
                    Ms = Clock.Milliseconds(c.Result.Cycles),
                    Slower = ((double)c.Result.Cycles / all.Cycles) - 1,
                    c.ModelCycles,
                    c.Result.MatchesGolden,
                }),
            });
            return;
        }

        Console.Out.WriteLine($"preset {preset}, {all.Configuration.Nodes} node(s), position {all.Position}, simulated at {Clock.Mhz:0.#} MHz, blocks only");
        Console.Out.WriteLine("  {0,-52} {1,10} {2,8} {3,9} {4,10}", "without", "cycles", "ms", "slower", "model");
        foreach (var c in cases)
        {
            Console.Out.WriteLine("  {0,-52} {1,10} {2,8:F3} {3,9:P1} {4,10}", c.Off ?? "(all on)", c.Result.Cycles, Clock.Milliseconds(c.Result.Cycles), ((double)c.Result.Cycles / all.Cycles) - 1, c.ModelCycles);
        }
    }
}
