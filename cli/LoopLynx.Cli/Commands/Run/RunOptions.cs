using System.CommandLine;
using LoopLynx.Cli.Options;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Commands;

/// <summary>The options of <c>run</c>.</summary>
public sealed class RunOptions : OptionSet<RunRequest>
{
    private const double MostTemperature = 1e6;

    private readonly Argument<string> _prompt = new("prompt") { Description = "text to continue; an empty one starts with the model's start token" };
    private readonly DeclaredOption<string?> _model = Declare.OptionalText(
        "--model", "folder of a GPT-2 checkpoint in the Hugging Face layout (default: the shipped model)");

    private readonly DeclaredOption<int> _tokens = Declare.Integer("--tokens", "tokens to generate", 32, least: 1, rule: "generate at least 1 token");
    private readonly DeclaredOption<string?> _engine = Declare.Choice(
        "--engine", "compiled, interpreted, verilator, or xrt for a card", "compiled", [.. EngineFactory.Names, CardEngine.Name]);
    private readonly DeclaredOption<string?> _xclbin = Declare.OptionalText(
        "--xclbin", "file for the card, of --engine xrt; memory-map.json and the host's library lie beside it");

    private readonly MemoryOption _memory = new();
    private readonly KernelOption _kernel = new();
    private readonly DeclaredOption<bool> _selfTest = Declare.Flag(
        "--self-test", "before the text, of --kernel or a card: every channel against a pattern, the ring, and one layer");

    private readonly DeclaredOption<bool> _check = Declare.Flag("--check", "compare every hidden state with the golden model");
    private readonly DeclaredOption<double> _temperature = Declare.Number("--temperature", "0: always the most likely token", 0, MostTemperature, 0);
    private readonly DeclaredOption<int?> _topK = Declare.OptionalInteger("--top-k", "sample among so many tokens; 0: all");
    private readonly DeclaredOption<ulong> _seed = Declare.Seed("--seed", "seed of sampling", 1);
    private readonly DeclaredOption<bool> _plain = Declare.Flag("--no-special-tokens", "take <|endoftext|> and its like in the prompt as plain text");
    private readonly MachineOptions _machine = new();
    private readonly EngineOptions _optimisations = new();
    private readonly WaveOption _wave = new();

    /// <inheritdoc/>
    public override void AddTo(Command command)
    {
        command.Add(_prompt);
        Option[] own =
        [
            _model.Option, _tokens.Option, _engine.Option, _xclbin.Option, _memory.Option, _kernel.Option, _selfTest.Option,
            _check.Option, _temperature.Option, _topK.Option, _seed.Option, _plain.Option,
            Json.Option,
        ];
        Array.ForEach(own, command.Add);
        _wave.AddTo(command);
        _machine.AddTo(command);
        _optimisations.AddTo(command);
    }

    /// <inheritdoc/>
    public override RunRequest Bind(ParseResult parsed) => new(parsed.GetValue(_prompt)!)
    {
        Memory = _memory.Bind(parsed, _machine.Bind(parsed)),
        Engine = _engine.Of(parsed)!,
        Xclbin = _xclbin.Of(parsed),
        AsKernels = _kernel.Of(parsed),
        SelfTest = _selfTest.Of(parsed),
        Optimisations = _optimisations.Bind(parsed),
        Wave = _wave.Bind(parsed),
        Temperature = _temperature.Of(parsed),
        TopK = _topK.Of(parsed) ?? 0,
        Seed = _seed.Of(parsed),
        Tokens = _tokens.Of(parsed),
        Model = _model.Of(parsed),
        Check = _check.Of(parsed),
        IsPlain = _plain.Of(parsed),
        Machine = _machine.Bind(parsed),
    };
}
