using System.CommandLine;
using LoopLynx.Cli.Options;
using LoopLynx.Fuzz;

namespace LoopLynx.Cli.Commands;

/// <summary>The options of <c>fuzz</c>.</summary>
public sealed class FuzzCommandOptions : OptionSet<FuzzRequest>
{
    private const double MostMinutes = 100_000;

    private readonly DeclaredOption<int> _seeds = Declare.Integer("--seeds", "number of designs", 200, least: 1);
    private readonly DeclaredOption<int> _seed = Declare.Integer("--seed", "seed of the first design", 1, 0, int.MaxValue / 2);
    private readonly DeclaredOption<int> _cycles = Declare.Integer("--cycles", "cycles of every design", 64, least: 1);
    private readonly DeclaredOption<double?> _minutes = Declare.OptionalNumber(
        "--minutes", "go on with new designs for this long, whatever --seeds says", 0, MostMinutes);

    private readonly DeclaredOption<string> _engines = Declare.Text(
        "--engines", "engines to compare, with commas between", string.Join(',', FuzzOptions.AllEngines));

    /// <inheritdoc/>
    public override void AddTo(Command command)
    {
        Option[] own = [_seeds.Option, _seed.Option, _cycles.Option, _minutes.Option, _engines.Option, Json.Option];
        Array.ForEach(own, command.Add);
    }

    /// <inheritdoc/>
    public override FuzzRequest Bind(ParseResult parsed) => new(new FuzzOptions
    {
        Seeds = _seeds.Of(parsed),
        FirstSeed = _seed.Of(parsed),
        Cycles = _cycles.Of(parsed),
        Time = _minutes.Of(parsed) is { } limit ? TimeSpan.FromMinutes(limit) : null,
        Engines = [.. _engines.Of(parsed).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()],
    });
}
