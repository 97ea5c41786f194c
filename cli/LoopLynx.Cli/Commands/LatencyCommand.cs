using System.CommandLine;
using System.Diagnostics;
using LoopLynx.Accelerator;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Cli.Simulation;
using LoopLynx.Hdl;
using LoopLynx.Host;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx latency</c>: one full token at a position, every register simulated, with synthetic weights and a synthetic KV cache.</summary>
public static class LatencyCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var shape = new Option<string>("--shape") { Description = "gpt2-345m, gpt2-124m, shakespeare, or a config.json", DefaultValueFactory = _ => "gpt2-345m" };
        var position = new Option<int?>("--position") { Description = "position of the token, from 0 (default: 639, or the last one of a shorter context)" };
        var engine = new Option<string>("--engine") { Description = "compiled, interpreted or verilator", DefaultValueFactory = _ => "compiled" };
        var memory = new Option<string>("--memory") { Description = "memory model: ideal or hbm", DefaultValueFactory = _ => "ideal" };
        var json = new Option<bool>("--json") { Description = "print one JSON object" };
        var machine = new MachineOptions();
        var command = new Command("latency", "Simulates one full token at a position and checks it against the golden model.") { shape, position, engine, memory, json };
        machine.AddTo(command);
        command.SetAction((parsed, cancel) => Task.Run(() =>
        {
            var timing = MachineOptions.Timing(parsed.GetValue(memory)!);
            var engineName = EngineFactory.Checked(parsed.GetValue(engine)!);
            var modelShape = ModelSource.Shape(parsed.GetValue(shape)!);
            var at = parsed.GetValue(position) ?? Math.Min(639, modelShape.Context - 1);
            if (at < 0 || at >= modelShape.Context)
            {
                throw new UsageException($"--position {at} is outside the context of {modelShape.Context}: use 0 to {modelShape.Context - 1}");
            }

            var configuration = machine.Configure(parsed, modelShape);
            var model = SyntheticModel.Create(modelShape);
            var golden = new GoldenModel(model);
            golden.Cache.FillSynthetic(at, seed: 1);
            var layout = new MemoryLayout(modelShape, configuration.Channels, configuration.Lanes);
            var image = MemoryImage.Build(model, layout);
            KvCacheImage.Write(image, layout, golden.Cache, at);
            var embedding = model.Embed(at % modelShape.Vocab, at);
            var hidden = new int[modelShape.Embed];
            var design = Elaborator.Elaborate(new LoopLynxNode(configuration));
            using var session = new NodeSession(EngineFactory.Create(engineName, design, null, cancel), configuration, image, timing);
            var clock = Stopwatch.StartNew();
            var cycles = Progress.Run("Simulating", _ => session.RunToken(embedding, at, hidden, cancel));
            var seconds = clock.Elapsed.TotalSeconds;
            var matches = golden.Step(embedding, at).AsSpan().SequenceEqual(hidden);
            var beats = configuration.RooflineBeats(at);
            var stages = Enum.GetValues<Stage>().Where(s => s != Stage.Idle).Select(s => new { name = s.ToString(), cycles = session.StageCycles[(int)s] }).ToArray();
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(new
                {
                    Cycles = cycles,
                    Ms = cycles / RunCommand.ClockHertz * 1000,
                    Roofline = (double)beats / cycles,
                    RooflineCycles = beats,
                    Position = at,
                    Stages = stages,
                    MatchesGolden = matches,
                    Nodes = machine.Nodes(parsed),
                    Preset = machine.Preset(parsed),
                    Memory = timing.Name,
                    WallSeconds = seconds,
                    CyclesPerSecond = cycles / seconds,
                });
            }
            else
            {
                Console.Out.WriteLine($"{cycles} cycles = {cycles / RunCommand.ClockHertz * 1000:F3} ms at 285 MHz (blocks only, simulated), {(double)beats / cycles:P1} of the roofline ({beats} beats of weights and KV)");
                foreach (var stage in stages)
                {
                    Console.Out.WriteLine($"  {stage.name,-13} {stage.cycles,9} cycles");
                }

                Console.Out.WriteLine($"the hidden state {(matches ? "equals" : "DIFFERS from")} the golden model; {seconds:F1} s, {cycles / seconds:F0} cycles/s");
            }

            return matches ? 0 : throw new UsageException("the hidden state differs from the golden model");
        }, cancel));
        return command;
    }
}
