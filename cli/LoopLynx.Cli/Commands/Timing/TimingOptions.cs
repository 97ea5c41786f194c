using System.CommandLine;
using LoopLynx.Cli.Options;

namespace LoopLynx.Cli.Commands;

/// <summary>The options of <c>timing</c>.</summary>
public sealed class TimingOptions : OptionSet<TimingRequest>
{
    private readonly DeclaredOption<double?> _clock = Declare.OptionalNumber("--clock", "the clock to meet, in MHz (default: the preset's own)", 1, 2000);
    private readonly DeclaredOption<int> _paths = Declare.Integer("--paths", "how many of the worst paths to print", 10, least: 0);
    private readonly DeclaredOption<string?> _wires = Declare.Choice(
        "--wires", "list the worst paths by these nets: typical, ideal or spread", "typical", ["typical", "ideal", "spread"]);

    private readonly DeclaredOption<bool> _openSta = Declare.Flag(
        "--opensta", "time the kernels of fewer than 50,000 cells with OpenSTA too; fails where it differs");
    private readonly MappingOptions _mapping = new();

    /// <inheritdoc/>
    public override void AddTo(Command command)
    {
        command.Add(_clock.Option);
        command.Add(_paths.Option);
        command.Add(_wires.Option);
        command.Add(_openSta.Option);
        command.Add(Json.Option);
        _mapping.AddTo(command);
    }

    /// <inheritdoc/>
    public override TimingRequest Bind(ParseResult parsed)
    {
        var request = new TimingRequest(_mapping.Bind(parsed)) { Paths = _paths.Of(parsed), Wires = _wires.Of(parsed)!, OpenSta = _openSta.Of(parsed) };
        return request with { ClockMhz = _clock.Of(parsed) ?? request.ClockMhz };
    }
}
