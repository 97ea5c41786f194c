using System.CommandLine;
using LoopLynx.Accelerator;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Cli.Waves;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx latency</c>: one full token at a position, every register simulated, with synthetic weights and a synthetic KV cache.</summary>
public sealed class LatencyCommand
{
    private const string Row = "  {0,-13} {1,10} {2,10} {3,10} {4,10} {5,10}";

    private readonly Option<string> _shape = new("--shape") { Description = "gpt2-345m, gpt2-124m, shakespeare, or a config.json", DefaultValueFactory = _ => "gpt2-345m" };
    private readonly Option<int?> _position = new("--position") { Description = "position of the token, from 0 (default: 639, or the last one of a shorter context)" };
    private readonly Option<string> _engine = new("--engine") { Description = "compiled, interpreted or verilator", DefaultValueFactory = _ => "compiled" };
    private readonly Option<string> _memory = new("--memory") { Description = "memory model: ideal or hbm", DefaultValueFactory = _ => "ideal" };
    private readonly Option<bool> _fifos = new("--fifos") { Description = "also the highest fill of every FIFO" };
    private readonly Option<bool> _study = new("--each-off") { Description = "the same token with each optimisation off in turn" };
    private readonly Option<bool> _json = new("--json") { Description = "print one JSON object" };
    private readonly MachineOptions _machine = new();
    private readonly WaveOption _wave = new();

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var latency = new LatencyCommand();
        var command = new Command("latency", "Simulates one full token at a position and checks it against the golden model.")
        {
            latency._shape, latency._position, latency._engine, latency._memory, latency._fifos, latency._study, latency._json,
        };
        latency._machine.AddTo(command);
        latency._wave.AddTo(command);
        command.SetAction((parsed, cancel) => Task.Run(() => latency.Execute(parsed, cancel), cancel));
        return command;
    }

    private int Execute(ParseResult parsed, CancellationToken cancel)
    {
        var timing = MachineOptions.Timing(parsed.GetValue(_memory)!);
        var engine = EngineFactory.Checked(parsed.GetValue(_engine)!);
        var shape = ModelSource.Shape(parsed.GetValue(_shape)!);
        var at = parsed.GetValue(_position) ?? Math.Min(639, shape.Context - 1);
        TokenRun.CheckPosition(shape, at);
        var configuration = _machine.Configure(parsed, shape);
        var wave = _wave.Request(parsed);
        if (wave is not null && (parsed.GetValue(_study) || parsed.GetValue(_fifos)))
        {
            throw new UsageException("--wave shows one token: leave --each-off and --fifos out");
        }

        wave?.CheckFile(engine);
        using var capture = WaveCapture.Of(wave, configuration, at, 1, !parsed.GetValue(_json));
        var run = Progress.Run("Computing the golden model", _ => new TokenRun(shape, at, cancel));
        if (parsed.GetValue(_study))
        {
            var cases = Progress.Run("Simulating", _ => OptimisationStudy.Run(configuration, c => run.Run(c, design => EngineFactory.Create(engine, design, cancel), timing, cancel: cancel)).ToArray());
            PrintStudy(cases, _machine.Preset(parsed), parsed.GetValue(_json));
            return cases.All(c => c.Result.MatchesGolden) ? 0 : throw new DifferenceException("a hidden state differs from the golden model");
        }

        var result = Progress.Run("Simulating", _ => run.Run(
            configuration, design => capture?.Attach(EngineFactory.Create(engine, design, cancel)) ?? EngineFactory.Create(engine, design, cancel), timing, parsed.GetValue(_fifos), 0, cancel));
        if (parsed.GetValue(_json))
        {
            PrintJson(parsed, result, timing.Name, capture?.Close());
        }
        else
        {
            Print(result, capture?.Close());
        }

        return result.MatchesGolden ? 0 : throw new DifferenceException("the hidden state differs from the golden model");
    }

    private void PrintJson(ParseResult parsed, TokenResult result, string memory, WaveSummary? wave) => JsonOutput.Write(new
    {
        result.Cycles,
        Ms = Clock.Milliseconds(result.Cycles),
        result.Roofline,
        RooflineCycles = result.Configuration.RooflineBeats(result.Position),
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
        ModelCycles = LatencyModel.Token(result.Configuration, result.Position).Cycles,
        Fifos = result.Fifos.Count == 0 ? null : result.Fifos,
        result.Position,
        Nodes = _machine.Nodes(parsed),
        Preset = _machine.Preset(parsed),
        Off = _machine.Off(parsed),
        Memory = memory,
        result.WallSeconds,
        CyclesPerSecond = result.Cycles / result.WallSeconds,
        Wave = wave,
    });

    private static void Print(TokenResult result, WaveSummary? wave)
    {
        var (roofline, estimate) = (result.Configuration.RooflineBeats(result.Position), LatencyModel.Token(result.Configuration, result.Position).Cycles);
        Console.Out.WriteLine($"{result.Cycles} cycles = {Clock.Milliseconds(result.Cycles):F3} ms at {Clock.Mhz:0.#} MHz (blocks only, simulated), {result.Roofline:P1} of the roofline ({roofline} cycles of weights and KV)");
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
        if (wave is not null)
        {
            Console.Out.WriteLine(wave.Line);
        }
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
