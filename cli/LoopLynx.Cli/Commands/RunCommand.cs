using System.CommandLine;
using System.Diagnostics;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Cli.Waves;
using LoopLynx.Host;
using LoopLynx.Runtime;
using LoopLynx.Sim;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx run</c>: text from the simulated accelerator.</summary>
public sealed class RunCommand
{
    private const double MostTemperature = 1e6;

    private readonly Argument<string> _prompt = new("prompt") { Description = "text to continue; an empty one starts with the model's start token" };
    private readonly Option<string?> _model = new("--model") { Description = "folder of a GPT-2 checkpoint in the Hugging Face layout (default: the shipped model)" };
    private readonly Option<int> _tokens = new("--tokens") { Description = "tokens to generate", DefaultValueFactory = _ => 32 };
    private readonly Option<string> _engine = new("--engine") { Description = "compiled, interpreted or verilator", DefaultValueFactory = _ => "compiled" };
    private readonly Option<string> _memory = new("--memory") { Description = "memory model: ideal or hbm", DefaultValueFactory = _ => "ideal" };
    private readonly Option<bool> _check = new("--check") { Description = "compare every hidden state with the golden model" };
    private readonly Option<double> _temperature = NumberOption.Create("--temperature", "0: always the most likely token", 0, MostTemperature, 0);
    private readonly Option<int> _topK = new("--top-k") { Description = "sample among so many tokens; 0: all" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "seed of sampling", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _plain = new("--no-special-tokens") { Description = "take <|endoftext|> and its like in the prompt as plain text" };
    private readonly Option<bool> _json = new("--json") { Description = "print one JSON object" };
    private readonly MachineOptions _machine = new();
    private readonly EngineOptions _optimisations = new();
    private readonly WaveOption _wave = new();

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var run = new RunCommand();
        var command = new Command("run", "Generates text on the simulated accelerator.")
        {
            run._prompt, run._model, run._tokens, run._engine, run._memory, run._check, run._temperature, run._topK, run._seed, run._plain, run._json,
        };
        run._wave.AddTo(command);
        run._machine.AddTo(command);
        run._optimisations.AddTo(command);
        command.SetAction((parsed, cancel) => Task.Run(() => run.Execute(parsed, cancel), cancel));
        return command;
    }

    private int Execute(ParseResult parsed, CancellationToken cancel)
    {
        // Whatever can be refused without the model is refused first.
        var timing = MachineOptions.Timing(parsed.GetValue(_memory)!);
        var engine = EngineFactory.Checked(parsed.GetValue(_engine)!);
        if (engine != "compiled" && _optimisations.Options(parsed) != CompiledOptions.Default)
        {
            throw new UsageException($"--no-... and --vector-bits are switches of the compiled engine, not of {engine}");
        }

        var wave = _wave.Request(parsed);
        wave?.CheckFile(engine);
        var sampler = new Sampler(parsed.GetValue(_seed), parsed.GetValue(_temperature), parsed.GetValue(_topK));
        var work = WorkloadSource.Prepare(parsed, _machine, parsed.GetValue(_model), parsed.GetValue(_prompt)!, parsed.GetValue(_tokens), cancel, !parsed.GetValue(_plain));
        using var capture = WaveCapture.Of(wave, work.Configuration, 0, work.PromptIds.Length + work.Tokens - 1, !parsed.GetValue(_json));
        using var session = new NodeSession(Engine(parsed, engine, work, capture, cancel), work.Configuration, work.BuildMemory(cancel), timing);
        var generation = new Generation(work.Model.Quantized, session, sampler, work.Model.Tokenizer.VocabSize);
        if (!parsed.GetValue(_json))
        {
            Show(generation, work.Model.Tokenizer, parsed.GetValue(_prompt)!);
        }

        var clock = Stopwatch.StartNew();
        var startCycle = session.Cycle;
        var result = Simulate(parsed, work, generation, cancel);
        var seconds = clock.Elapsed.TotalSeconds;
        var summary = new RunSummary(
            work.Model.Tokenizer.Decode(result.Ids.ToArray()), work.PromptIds, result.Ids, result.CyclesPerToken, result.PromptCycles,
            Clock.Milliseconds(result.CyclesPerToken.Average()), result.MatchesGolden, _machine.Nodes(parsed), engine, _machine.Preset(parsed), timing.Name,
            seconds, (session.Cycle - startCycle) / seconds,
            result.StopReason, SaturationReport.Of(result.Saturations, work.Model.Quantized), Warned(parsed, work, result), capture?.Close());
        if (parsed.GetValue(_json))
        {
            JsonOutput.Write(summary);
        }
        else
        {
            summary.Print();
        }

        return result.FirstDifference is { } difference ? throw new DifferenceException($"the accelerator differs from the golden model at {difference}") : 0;
    }

    private IEngine Engine(ParseResult parsed, string name, Workload work, WaveCapture? capture, CancellationToken cancel)
    {
        var engine = EngineFactory.Create(name, work.Design, cancel, _optimisations.Options(parsed));
        return capture?.Attach(engine) ?? engine;
    }

    // Text on a terminal is its own progress; a bar would overwrite it.
    private GenerationResult Simulate(ParseResult parsed, Workload work, Generation generation, CancellationToken cancel)
    {
        GenerationResult Simulate(IProgress<double> progress) => work.Run(generation, parsed.GetValue(_check), progress, cancel);
        return parsed.GetValue(_json) || Console.IsOutputRedirected ? Progress.Run("Simulating", Simulate) : Simulate(new Progress<double>());
    }

    private IReadOnlyList<string> Warned(ParseResult parsed, Workload work, GenerationResult result)
    {
        // The runtime replaces bytes of the command line that aren't UTF-8, in silence.
        string[] prompt = parsed.GetValue(_prompt)!.Contains('\uFFFD', StringComparison.Ordinal)
            ? ["the prompt holds U+FFFD, which stands for bytes that aren't UTF-8: write it in UTF-8"]
            : [];
        return [.. work.Model.Warnings, .. prompt, .. SaturationReport.Warnings(result.Saturations, work.PromptIds.Length + result.Ids.Count - 1)];
    }

    private static void Show(Generation generation, BpeTokenizer tokenizer, string prompt)
    {
        Console.Out.Write(prompt);
        var shown = 0;
        var soFar = new List<int>();
        generation.TokenGenerated += id =>
        {
            // A character can span tokens: print only what decodes completely.
            soFar.Add(id);
            var text = tokenizer.Decode(soFar.ToArray()).TrimEnd('\uFFFD');
            Console.Out.Write(text[Math.Min(shown, text.Length)..]);
            shown = text.Length;
        };
    }
}
