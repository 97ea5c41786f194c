using System.CommandLine;
using LoopLynx.Cli.Output;
using LoopLynx.Cli.Waves;

namespace LoopLynx.Cli.Options;

/// <summary>The options of a wave: the same on every command that runs tokens.</summary>
public sealed class WaveOption
{
    private const double Megabyte = 1e6, DefaultLimit = 1000, MostMegabytes = 1e6;

    private readonly DeclaredOption<string?> _file = Declare.OptionalText("--wave", "write a waveform: FILE.fst (small) or FILE.vcd");
    private readonly DeclaredOption<string?> _from = Declare.OptionalText(
        "--wave-from", "where it begins: a cycle, token:N, a stage such as Qkv, a stage of a layer such as Qkv:0, or token:N/Qkv:0");

    private readonly DeclaredOption<string?> _to = Declare.OptionalText("--wave-to", "what it ends with, in the same forms; that is still shown");
    private readonly DeclaredOption<string?> _scope = Declare.OptionalText(
        "--wave-scope", "show only this instance and those in it, such as memory or attention");

    private readonly DeclaredOption<double> _limit = Declare.Number(
        "--wave-limit", "largest file in MB; when it is reached, the newest cycles stay", 1, MostMegabytes, DefaultLimit);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_file.Option);
        command.Add(_from.Option);
        command.Add(_to.Option);
        command.Add(_scope.Option);
        command.Add(_limit.Option);
    }

    /// <summary>The wave that the command line asks for; null: none.</summary>
    /// <exception cref="UsageException">Its window is none.</exception>
    public WaveRequest? Bind(ParseResult parsed)
    {
        WavePoint? Point(DeclaredOption<string?> point) => point.Of(parsed) is { } text ? WavePoint.Parse(point.Option.Name, text) : null;
        var (from, to) = (Point(_from), Point(_to));
        if (_file.Of(parsed) is { } path)
        {
            return new WaveRequest(path, from, to, _scope.Of(parsed), (long)(_limit.Of(parsed) * Megabyte));
        }

        return from is null && to is null && _scope.Of(parsed) is null
            ? null
            : throw new UsageException("--wave-from, --wave-to and --wave-scope need --wave FILE");
    }
}
