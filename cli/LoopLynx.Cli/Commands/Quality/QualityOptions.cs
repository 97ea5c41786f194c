using System.CommandLine;
using LoopLynx.Cli.Options;
using LoopLynx.Host;

namespace LoopLynx.Cli.Commands;

/// <summary>The options of <c>quality</c>.</summary>
public sealed class QualityOptions : OptionSet<QualityRequest>
{
    private readonly DeclaredOption<string?> _model = Declare.OptionalText("--model", "folder of a GPT-2 checkpoint (default: the shipped model)");
    private readonly DeclaredOption<string?> _text = Declare.OptionalText("--text", "held-out text (default: a few sonnets)");
    private readonly DeclaredOption<string?> _softmax = Declare.Choice(
        "--softmax", "precise (the accelerator's) or paper (int8 probabilities)", "precise", ["precise", "paper"]);

    /// <inheritdoc/>
    public override void AddTo(Command command)
    {
        command.Add(_model.Option);
        command.Add(_text.Option);
        command.Add(_softmax.Option);
        command.Add(Json.Option);
    }

    /// <inheritdoc/>
    public override QualityRequest Bind(ParseResult parsed) => new()
    {
        Softmax = _softmax.Of(parsed) == "paper" ? SoftmaxMode.Paper : SoftmaxMode.Precise,
        Text = _text.Of(parsed),
        Model = _model.Of(parsed),
    };
}
