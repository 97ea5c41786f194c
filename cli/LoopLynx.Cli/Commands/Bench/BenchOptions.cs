using System.CommandLine;
using LoopLynx.Cli.Options;

namespace LoopLynx.Cli.Commands;

/// <summary>The options of <c>bench</c>.</summary>
public sealed class BenchOptions : OptionSet<BenchRequest>
{
    private readonly DeclaredOption<int> _runs = Declare.Integer("--runs", "timed runs of each engine", 7, least: 1);
    private readonly DeclaredOption<int> _threads = Declare.Integer(
        "--threads", "also race a Verilated model of this many threads; ratios are against the faster one", 1, least: 1);

    private readonly DeclaredOption<bool> _rebuild = Declare.Flag(
        "--rebuild", "build the Verilated models anew, to time their builds, instead of taking them from the cache");

    private readonly DeclaredOption<string?> _design = Declare.Choice(
        "--design", $"one of {string.Join(", ", BenchRequest.Designs)} (default: all)", null, BenchRequest.Designs);

    private readonly DeclaredOption<string?> _model = Declare.OptionalText(
        "--model", "folder of a GPT-2 checkpoint for the node (default: the shipped model)");

    private readonly DeclaredOption<bool> _ablation = Declare.Flag(
        "--ablation", "the compiled engine against itself, each optimisation off in turn, instead of against Verilator");

    private readonly MachineOptions _machine = new();
    private readonly EngineOptions _optimisations = new();

    /// <inheritdoc/>
    public override void AddTo(Command command)
    {
        Option[] own = [_runs.Option, _threads.Option, _rebuild.Option, _design.Option, _model.Option, Json.Option, _ablation.Option];
        Array.ForEach(own, command.Add);
        _machine.AddTo(command);
        _optimisations.AddTo(command);
    }

    /// <inheritdoc/>
    public override BenchRequest Bind(ParseResult parsed) => new()
    {
        Design = _design.Of(parsed),
        Runs = _runs.Of(parsed),
        Threads = _threads.Of(parsed),
        Rebuild = _rebuild.Of(parsed),
        Model = _model.Of(parsed),
        Ablation = _ablation.Of(parsed),
        Machine = _machine.Bind(parsed),
        Optimisations = _optimisations.Bind(parsed),
    };
}
