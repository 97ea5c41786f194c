using System.CommandLine;
using LoopLynx.Cli.Options;

namespace LoopLynx.Cli.Commands;

/// <summary>The options of <c>rtl</c>.</summary>
public sealed class RtlOptions : OptionSet<RtlRequest>
{
    private readonly DeclaredOption<string> _shape = ShapeOption.Create("shakespeare");
    private readonly DeclaredOption<string> _output = Declare.RequiredText("--out", "folder to write into");
    private readonly MachineOptions _machine = new();

    /// <inheritdoc/>
    public override void AddTo(Command command)
    {
        command.Add(_shape.Option);
        command.Add(_output.Option);
        command.Add(Json.Option);
        _machine.AddTo(command);
    }

    /// <inheritdoc/>
    public override RtlRequest Bind(ParseResult parsed) => new(_output.Of(parsed)) { Shape = _shape.Of(parsed), Machine = _machine.Bind(parsed) };
}
