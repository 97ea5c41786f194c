using System.CommandLine;
using LoopLynx.Cli.Output;
using LoopLynx.Cli.Waves;

namespace LoopLynx.Cli.Options;

/// <summary>The options of a wave: the same on every command that runs tokens.</summary>
public sealed class WaveOption
{
    private const double Megabyte = 1e6, DefaultLimit = 1000, MostMegabytes = 1e6;

    private readonly Option<string?> _file = new("--wave") { Description = "write a waveform: FILE.fst (small) or FILE.vcd" };
    private readonly Option<string?> _from = new("--wave-from") { Description = "where it begins: a cycle, token:N, a stage such as Qkv, a stage of a layer such as Qkv:0, or token:N/Qkv:0" };
    private readonly Option<string?> _to = new("--wave-to") { Description = "what it ends with, in the same forms; that is still shown" };
    private readonly Option<string?> _scope = new("--wave-scope") { Description = "show only this instance and those in it, such as memory or attention" };
    private readonly Option<double> _limit = NumberOption.Create("--wave-limit", "largest file in MB; when it is reached, the newest cycles stay", 1, MostMegabytes, DefaultLimit);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_file);
        command.Add(_from);
        command.Add(_to);
        command.Add(_scope);
        command.Add(_limit);
    }

    /// <summary>The wave that the command line asks for; null: none.</summary>
    /// <exception cref="UsageException">Its window is none.</exception>
    public WaveRequest? Request(ParseResult parsed)
    {
        WavePoint? Point(Option<string?> option) => parsed.GetValue(option) is { } text ? WavePoint.Parse(option.Name, text) : null;
        var (from, to) = (Point(_from), Point(_to));
        if (parsed.GetValue(_file) is { } path)
        {
            return new WaveRequest(path, from, to, parsed.GetValue(_scope), (long)(parsed.GetValue(_limit) * Megabyte));
        }

        return from is null && to is null && parsed.GetValue(_scope) is null
            ? null
            : throw new UsageException("--wave-from, --wave-to and --wave-scope need --wave FILE");
    }
}
