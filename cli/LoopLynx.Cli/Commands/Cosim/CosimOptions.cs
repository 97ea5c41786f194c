using System.CommandLine;
using LoopLynx.Cli.Options;

namespace LoopLynx.Cli.Commands;

/// <summary>The options of <c>cosim</c>.</summary>
public sealed class CosimOptions : OptionSet<CosimRequest>
{
    private readonly DeclaredOption<string> _prompt = Declare.Text("--prompt", "text to continue", "ROMEO:");
    private readonly DeclaredOption<string?> _model = Declare.OptionalText("--model", "folder of a GPT-2 checkpoint (default: the shipped model)");
    private readonly DeclaredOption<int> _tokens = Declare.Integer("--tokens", "tokens to generate", 1, least: 1, rule: "generate at least 1 token");
    private readonly DeclaredOption<string?> _engine = Declare.Choice(
        "--engine", "the C# side: compiled or interpreted", "compiled", ["compiled", "interpreted"],
        "the C# side of cosimulation is compiled or interpreted");

    private readonly MemoryOption _memory = new();
    private readonly KernelOption _kernel = new();
    private readonly MachineOptions _machine = new();

    /// <inheritdoc/>
    public override void AddTo(Command command)
    {
        Option[] own = [_prompt.Option, _model.Option, _tokens.Option, _engine.Option, _memory.Option, _kernel.Option, Json.Option];
        Array.ForEach(own, command.Add);
        _machine.AddTo(command);
    }

    /// <inheritdoc/>
    public override CosimRequest Bind(ParseResult parsed) => new()
    {
        Memory = _memory.Bind(parsed, _machine.Bind(parsed)),
        Engine = _engine.Of(parsed)!,
        AsKernels = _kernel.Of(parsed),
        Prompt = _prompt.Of(parsed),
        Model = _model.Of(parsed),
        Tokens = _tokens.Of(parsed),
        Machine = _machine.Bind(parsed),
    };
}
