using LoopLynx.Accelerator;
using LoopLynx.Cli.Commands;
using LoopLynx.Cli.Output;
using LoopLynx.Contract;
using LoopLynx.Gen;
using LoopLynx.Hdl;
using LoopLynx.Host;
using LoopLynx.Runtime;
using LoopLynx.Sim;

namespace LoopLynx.InputFuzz;

/// <summary>Tries cases below the outermost catch of the command, in a folder of its own.</summary>
public sealed class CaseRunner
{
    private const int Tokens = 5;

    private readonly string _folder;
    private readonly ModelFiles _sound = TinyModel.Create();

    /// <param name="folder">An empty folder, which becomes the current one.</param>
    public CaseRunner(string folder)
    {
        _folder = folder;
        Environment.CurrentDirectory = folder;
        Directory.CreateDirectory(Model);
        _sound.Write(Model);
        var (ids, warnings) = Generate();
        (Unchanged, UnchangedWarnings) = (ids, warnings);
    }

    /// <summary>The ids of the sound checkpoint.</summary>
    public IReadOnlyList<int> Unchanged { get; }

    /// <summary>Its warnings: none, if it is sound.</summary>
    public IReadOnlyList<string> UnchangedWarnings { get; }

    private string Model => Path.Combine(_folder, "model");

    /// <summary>Tries a case.</summary>
    public (Case Case, Outcome Outcome) Run(int number)
    {
        var one = Case.Of(number, _sound);
        (one.Files ?? _sound).Write(Model);
        var before = Entries();
        var outcome = Guarded(one);
        string[] left = [.. Entries().Except(before)];
        Array.ForEach(left, Remove);
        return (one, left.Length == 0 ? outcome : Outcome.Of(OutcomeKind.LeftFiles, string.Join(", ", left)));
    }

    private Outcome Guarded(Case one)
    {
        try
        {
            if (one.Arguments is not null)
            {
                return Command(one.Arguments);
            }

            var (ids, warnings) = Generate();
            return new Outcome(OutcomeKind.Ran, "", ids, warnings);
        }
        catch (Exception e) when (e is HostException or UsageException or RequestException or ConfigurationException or SimulationException or OutputException or HdlException)
        {
            return Outcome.Of(OutcomeKind.Refused, Refusal.Message(e)!);
        }
        catch (Exception e)
        {
            return Outcome.Of(OutcomeKind.Crashed, e.ToString());
        }
    }

    // A command line that can't be parsed is refused by its exit code and a line.
    private Outcome Command(string[] arguments)
    {
        string[] line = [.. arguments.Select(a => a.Replace("{model}", Model, StringComparison.Ordinal).Replace("{out}", Path.Combine(_folder, "out"), StringComparison.Ordinal))];
        var (output, error) = (Console.Out, Console.Error);
        using var text = new StringWriter();
        using var errors = new StringWriter();
        Console.SetOut(text);
        Console.SetError(errors);
        try
        {
            var code = CommandLine.Execute(line, CancellationToken.None).GetAwaiter().GetResult();
            return code == 0
                ? new Outcome(OutcomeKind.Ran, "", [], [])
                : Outcome.Of(code == CommandLine.UsageError ? OutcomeKind.Refused : OutcomeKind.Crashed, errors.ToString().TrimEnd('\n'));
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }

    private (int[] Ids, IReadOnlyList<string> Warnings) Generate()
    {
        var model = LoadedModel.Load(Model);
        var golden = new GoldenModel(model.Quantized);
        var ids = new List<int>();
        var prompt = model.Tokenizer.Encode(TinyModel.Prompt, allowSpecial: true);
        for (var position = 0; ids.Count < Tokens && position < model.Quantized.Description.Context; position++)
        {
            var hidden = golden.Step(position < prompt.Length ? prompt[position] : ids[^1]);
            if (position >= prompt.Length - 1)
            {
                ids.Add(Sampler.Greedy<int>(golden.Logits(hidden).AsSpan(0, model.Tokenizer.VocabSize)));
            }
        }

        _ = model.Tokenizer.Decode([.. ids]);
        return ([.. ids], [.. model.Warnings, .. SaturationReport.Warnings(golden.Saturations, Tokens)]);
    }

    private HashSet<string> Entries() => [.. Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories), .. Directory.EnumerateFileSystemEntries(Path.GetTempPath())];

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }
}
