using System.CommandLine;
using System.Diagnostics;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Cli.Waves;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Host;
using LoopLynx.Runtime;
using LoopLynx.Sim;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Cli.Commands;

/// <summary><c>looplynx run</c>: text from the simulated accelerator.</summary>
public static class RunCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create() => ReportCommand.Create("run", "Generates text on the simulated accelerator.", new RunOptions(), Execute);

    /// <summary>Generates the text; a person sees it as it is made.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="console">Shows the text and progress.</param>
    /// <param name="cancel">Ends the loading, the building of the engine, or the simulation between cycles.</param>
    /// <exception cref="UsageException">What is asked for doesn't fit together.</exception>
    public static RunReport Execute(RunRequest request, CommandConsole console, CancellationToken cancel)
    {
        Check(request);
        var sampler = new Sampler(request.Seed, request.Temperature, request.TopK);
        var work = WorkloadSource.Prepare(request.Machine, request.Model, request.Prompt, request.Tokens, !request.IsPlain, console, cancel);
        using var capture = WaveCapture.Of(request.Wave, work.Configuration, 0, work.PromptIds.Length + work.Tokens - 1, console);
        using var session = request.Engine == CardEngine.Name
            ? CardEngine.Open(work, request.Xclbin!, cancel)
            : work.Open(request.AsKernels, design => Engine(request, design, capture, cancel), request.Memory, cancel);
        var selfTest = request.SelfTest ? Test(request, work, (IKernelMachine)session, console, cancel) : null;
        var generation = new Generation(work.Model.Quantized, session, sampler, work.Model.Tokenizer.VocabSize);
        if (console.IsForPerson)
        {
            Show(generation, work.Model.Tokenizer, request.Prompt, console.Output);
        }

        var clock = Stopwatch.StartNew();
        var startCycle = session.Cycle;
        var result = Simulate(request, work, generation, console, cancel);
        var seconds = clock.Elapsed.TotalSeconds;
        var summary = new RunSummary(
            work.Model.Tokenizer.Decode(result.Ids.ToArray()), work.PromptIds, result.Ids, result.CyclesPerToken, result.PromptCycles,
            request.Machine.Clock.Milliseconds(result.CyclesPerToken.Average()), result.MatchesGolden,
            request.Machine.Nodes, request.Engine, request.Machine.Preset, request.Machine.Clock.Mhz, request.Machine.Clock.Basis,
            request.Engine == CardEngine.Name ? "card" : request.Memory.Name, seconds, (session.Cycle - startCycle) / seconds,
            result.StopReason, SaturationReport.Of(result.Saturations, work.Model.Quantized), Warned(request, work, result), selfTest, capture?.Close())
        {
            AsKernels = request.AsKernels,
        };
        return new RunReport(summary, result.FirstDifference);
    }

    /// <summary>Whatever can be refused without the model is refused first.</summary>
    private static void Check(RunRequest request)
    {
        if (request.Engine != "compiled" && request.Optimisations != CompiledOptions.Default)
        {
            throw new UsageException($"--no-... and --vector-bits are switches of the compiled engine, not of {request.Engine}");
        }

        if (request.Engine == CardEngine.Name)
        {
            new CardEngine().Check(request.Xclbin);
        }
        else if (request.Xclbin is not null)
        {
            throw new UsageException($"--xclbin is the file of a card: it goes with --engine {CardEngine.Name}");
        }

        if (request.AsKernels && request.Wave is not null)
        {
            throw new UsageException("--wave shows the bare machine: leave --kernel out");
        }

        if (request.Engine == CardEngine.Name && request.Wave is not null)
        {
            throw new UsageException($"--wave shows a simulation, and --engine {CardEngine.Name} is none");
        }

        if (request.SelfTest && !request.AsKernels && request.Engine != CardEngine.Name)
        {
            throw new UsageException("--self-test is the kernel's: it goes with --kernel, or with a card");
        }

        request.Wave?.CheckFile(request.Engine);
    }

    private static SelfTestSummary Test(RunRequest request, Workload work, IKernelMachine machine, CommandConsole console, CancellationToken cancel)
    {
        var light = console.Progress("Testing", _ => FirstLight.Run(machine, work.Model.Quantized, work.TestBursts, cancel));
        var summary = SelfTestSummary.Of(light, request.Machine.Clock);
        if (console.IsForPerson)
        {
            foreach (var line in summary.Lines())
            {
                console.Output.WriteLine(line);
            }
        }

        return summary;
    }

    private static IEngine Engine(RunRequest request, Design design, WaveCapture? capture, CancellationToken cancel)
    {
        var engine = EngineFactory.Create(request.Engine, design, cancel, request.Optimisations);
        return capture?.Attach(engine) ?? engine;
    }

    // Text on a terminal is its own progress; a bar would overwrite it.
    private static GenerationResult Simulate(RunRequest request, Workload work, Generation generation, CommandConsole console, CancellationToken cancel)
    {
        GenerationResult Run(IProgress<double> progress) => work.Run(generation, request.Check, progress, cancel);
        return console.IsForPerson && console.IsTerminal ? Run(new Progress<double>()) : console.Progress("Simulating", Run);
    }

    private static IReadOnlyList<string> Warned(RunRequest request, Workload work, GenerationResult result)
    {
        // The runtime replaces bytes of the command line that aren't UTF-8, in silence.
        string[] prompt = request.Prompt.Contains('\uFFFD', StringComparison.Ordinal)
            ? ["the prompt holds U+FFFD, which stands for bytes that aren't UTF-8: write it in UTF-8"]
            : [];
        return [.. work.Model.Warnings, .. prompt, .. SaturationReport.Warnings(result.Saturations, work.PromptIds.Length + result.Ids.Count - 1)];
    }

    private static void Show(Generation generation, BpeTokenizer tokenizer, string prompt, TextWriter output)
    {
        output.Write(prompt);
        var shown = 0;
        var soFar = new List<int>();
        generation.TokenGenerated += id =>
        {
            // A character can span tokens: print only what decodes completely.
            soFar.Add(id);
            var text = tokenizer.Decode(soFar.ToArray()).TrimEnd('\uFFFD');
            output.Write(text[Math.Min(shown, text.Length)..]);
            shown = text.Length;
        };
    }
}
