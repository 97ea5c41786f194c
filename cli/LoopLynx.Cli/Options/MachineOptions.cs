using System.CommandLine;
using LoopLynx.Accelerator;

namespace LoopLynx.Cli.Options;

/// <summary>The options that choose the machine: the same on every command that builds it. The contract's rules know which machines there are.</summary>
public sealed class MachineOptions
{
    private readonly DeclaredOption<string> _preset = Declare.Text("--preset", $"configuration of the machine: {string.Join(", ", Presets.Names)}", "fast");
    private readonly DeclaredOption<int> _nodes = Declare.Integer("--nodes", "accelerator nodes on the ring: 1 to 8, a divisor of the heads", 1);
    private readonly DeclaredOption<int> _channels = Declare.Integer("--channels", "memory channels of a node, one MP slice each", 8);
    private readonly DeclaredOption<int?> _lanes = Declare.OptionalInteger("--lanes", "bytes of a memory beat (default: 32, of u50 64)");
    private readonly DeclaredOption<string[]> _off = Declare.Texts(
        "--off", $"switch an optimisation off (may be repeated): {string.Join(", ", Presets.Optimisations.Select(o => o.Name))}");

    private readonly DeclaredOption<string?> _link = Declare.Choice(
        "--link", "link between two cards of two nodes each: rifl or aurora (default: of u50 aurora)", null, [.. SerialLink.All.Select(l => l.Name)]);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_preset.Option);
        command.Add(_nodes.Option);
        command.Add(_channels.Option);
        command.Add(_lanes.Option);
        command.Add(_off.Option);
        command.Add(_link.Option);
    }

    /// <summary>The machine that a command line asks for.</summary>
    public MachineRequest Bind(ParseResult parsed) =>
        new(_preset.Of(parsed), _nodes.Of(parsed), _channels.Of(parsed), _lanes.Of(parsed), _off.Of(parsed), _link.Of(parsed));
}
