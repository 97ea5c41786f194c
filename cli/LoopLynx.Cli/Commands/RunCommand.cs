using System.CommandLine;
using System.Diagnostics;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Cli.Simulation;
using LoopLynx.Host;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Waves;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx run</c>: text from the simulated accelerator.</summary>
public static class RunCommand
{
    private const double MostTemperature = 1e6;

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var prompt = new Argument<string>("prompt") { Description = "text to continue" };
        var model = new Option<string?>("--model") { Description = "folder of a GPT-2 checkpoint in the Hugging Face layout (default: the shipped model)" };
        var tokens = new Option<int>("--tokens") { Description = "tokens to generate", DefaultValueFactory = _ => 32 };
        var engine = new Option<string>("--engine") { Description = "compiled, interpreted or verilator", DefaultValueFactory = _ => "compiled" };
        var memory = new Option<string>("--memory") { Description = "memory model: ideal or hbm", DefaultValueFactory = _ => "ideal" };
        var check = new Option<bool>("--check") { Description = "compare every hidden state with the golden model" };
        var wave = new Option<string?>("--wave") { Description = "write a waveform: FILE.vcd or FILE.fst" };
        var temperature = NumberOption.Create("--temperature", "0: always the most likely token", 0, MostTemperature, 0);
        var plain = new Option<bool>("--no-special-tokens") { Description = "take <|endoftext|> and its like in the prompt as plain text" };
        var topK = new Option<int>("--top-k") { Description = "sample among so many tokens; 0: all" };
        var seed = new Option<ulong>("--seed") { Description = "seed of sampling", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "print one JSON object" };
        var machine = new MachineOptions();
        var command = new Command("run", "Generates text on the simulated accelerator.") { prompt, model, tokens, engine, memory, check, wave, temperature, topK, seed, plain, json };
        var optimisations = new EngineOptions();
        machine.AddTo(command);
        optimisations.AddTo(command);
        command.SetAction((parsed, cancel) => Task.Run(() =>
        {
            var timing = MachineOptions.Timing(parsed.GetValue(memory)!);
            var engineName = EngineFactory.Checked(parsed.GetValue(engine)!);
            if (engineName != "compiled" && optimisations.Options(parsed) != CompiledOptions.Default)
            {
                throw new UsageException($"--no-... and --vector-bits are switches of the compiled engine, not of {engineName}");
            }

            if (parsed.GetValue(wave) is { } file)
            {
                WaveWriter.Checked(file);
            }

            var sampler = new Sampler(parsed.GetValue(seed), parsed.GetValue(temperature), parsed.GetValue(topK));
            var work = Workload.Prepare(parsed, machine, parsed.GetValue(model), parsed.GetValue(prompt)!, parsed.GetValue(tokens), !parsed.GetValue(plain));
            var loaded = work.Model;
            using var session = new NodeSession(EngineFactory.Create(engineName, work.Design, parsed.GetValue(wave), cancel, optimisations.Options(parsed)), work.Configuration, work.BuildMemory(), timing);

            var asJson = parsed.GetValue(json);
            var generation = new Generation(loaded.Quantized, session, sampler, loaded.Tokenizer.VocabSize);
            if (!asJson)
            {
                Console.Out.Write(parsed.GetValue(prompt));
                var shown = 0;
                var soFar = new List<int>();
                generation.TokenGenerated += id =>
                {
                    // A character can span tokens: print only what decodes completely.
                    soFar.Add(id);
                    var text = loaded.Tokenizer.Decode(soFar.ToArray()).TrimEnd('\uFFFD');
                    Console.Out.Write(text[Math.Min(shown, text.Length)..]);
                    shown = text.Length;
                };
            }

            var clock = Stopwatch.StartNew();
            var startCycle = session.Cycle;
            GenerationResult Simulate(IProgress<double> progress) => work.Run(generation, parsed.GetValue(check), progress, cancel);

            // Text on a terminal is its own progress; a bar would overwrite it.
            var result = asJson || Console.IsOutputRedirected ? Progress.Run("Simulating", Simulate) : Simulate(new Progress<double>());
            var seconds = clock.Elapsed.TotalSeconds;
            var summary = new RunSummary(
                loaded.Tokenizer.Decode(result.Ids.ToArray()), work.PromptIds, result.Ids, result.CyclesPerToken, result.PromptCycles,
                Clock.Milliseconds(result.CyclesPerToken.Average()), result.MatchesGolden, machine.Nodes(parsed), engineName, machine.Preset(parsed), timing.Name,
                seconds, (session.Cycle - startCycle) / seconds,
                result.StopReason, SaturationReport.Of(result.Saturations, loaded.Quantized),
                [.. loaded.Warnings, .. Doubts(parsed.GetValue(prompt)!), .. SaturationReport.Warnings(result.Saturations, work.PromptIds.Length + result.Ids.Count - 1)]);
            if (asJson)
            {
                JsonOutput.Write(summary);
            }
            else
            {
                summary.Print();
            }

            return result.FirstDifference is { } difference ? throw new DifferenceException($"the accelerator differs from the golden model at {difference}") : 0;
        }, cancel));
        return command;
    }

    // The runtime replaces bytes of the command line that aren't UTF-8, in silence.
    private static IEnumerable<string> Doubts(string prompt) => prompt.Contains('\uFFFD', StringComparison.Ordinal)
        ? ["the prompt holds U+FFFD, which stands for bytes that aren't UTF-8: write it in UTF-8"]
        : [];
}
