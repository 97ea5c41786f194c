using System.CommandLine;
using LoopLynx.Cli.Options;

namespace LoopLynx.Cli.Commands;

/// <summary>The options of <c>coverage</c>. The model's context is the range of the tokens.</summary>
public sealed class CoverageCommandOptions : OptionSet<CoverageRequest>
{
    private readonly DeclaredOption<string> _shape = ShapeOption.Create("shakespeare");
    private readonly DeclaredOption<int> _tokens = Declare.Integer("--tokens", "tokens to run, from position 0", 8);
    private readonly DeclaredOption<string?> _engine = Declare.Choice(
        "--engine", "compiled or interpreted", "compiled", ["compiled", "interpreted"], "coverage is of the compiled or the interpreted engine");

    private readonly MemoryOption _memory = new();
    private readonly DeclaredOption<bool> _machines = Declare.Flag("--each-machine", "both presets, on 1 and on 2 nodes, instead of one machine");
    private readonly DeclaredOption<string[]> _merge = Declare.Texts("--merge", "coverage.json of earlier runs to add", severalPerOption: true);
    private readonly DeclaredOption<string?> _waivers = Declare.OptionalText(
        "--waivers", "file of points that need no test, one 'CLASS KIND WHAT -- REASON' a line");

    private readonly DeclaredOption<bool> _toggles = Declare.Flag("--no-toggles", "lines, arms and states only: faster");
    private readonly DeclaredOption<string> _output = Declare.RequiredText("--out", "folder for coverage.json, summary.txt and index.html");
    private readonly MachineOptions _machine = new();

    /// <inheritdoc/>
    public override void AddTo(Command command)
    {
        Option[] own =
        [
            _shape.Option, _tokens.Option, _engine.Option, _memory.Option, _machines.Option, _merge.Option, _waivers.Option, _toggles.Option, _output.Option,
            Json.Option,
        ];
        Array.ForEach(own, command.Add);
        _machine.AddTo(command);
    }

    /// <inheritdoc/>
    public override CoverageRequest Bind(ParseResult parsed) => new(_output.Of(parsed))
    {
        Memory = _memory.Bind(parsed, _machine.Bind(parsed)),
        Engine = _engine.Of(parsed)!,
        Shape = _shape.Of(parsed),
        Tokens = _tokens.Of(parsed),
        EachMachine = _machines.Of(parsed),
        Merge = _merge.Of(parsed),
        Waivers = _waivers.Of(parsed),
        NoToggles = _toggles.Of(parsed),
        Machine = _machine.Bind(parsed),
    };
}
