using System.CommandLine;
using LoopLynx.Accelerator;
using LoopLynx.Cli.Output;
using LoopLynx.Contract;
using LoopLynx.Gen.Board;
using LoopLynx.Host;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Options;

/// <summary>The options that choose the machine: the same on every command that builds it.</summary>
public sealed class MachineOptions
{
    private readonly Option<string> _preset = new("--preset") { Description = "configuration of the machine: fast or paper", DefaultValueFactory = _ => "fast" };
    private readonly Option<int> _nodes = new("--nodes") { Description = "accelerator nodes on the ring: 1 to 8, a divisor of the heads", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _channels = new("--channels") { Description = "memory channels of a node, one MP slice each", DefaultValueFactory = _ => 8 };
    private readonly Option<int> _lanes = new("--lanes") { Description = "int8 multipliers of a slice: bytes of a memory beat", DefaultValueFactory = _ => 32 };
    private readonly Option<string[]> _off = new("--off") { Description = $"switch an optimisation off (may be repeated): {string.Join(", ", Presets.Optimisations.Select(o => o.Name))}", DefaultValueFactory = _ => [] };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_preset);
        command.Add(_nodes);
        command.Add(_channels);
        command.Add(_lanes);
        command.Add(_off);
    }

    /// <summary>Number of nodes.</summary>
    public int Nodes(ParseResult parsed) => parsed.GetValue(_nodes);

    /// <summary>Name of the preset.</summary>
    public string Preset(ParseResult parsed) => parsed.GetValue(_preset)!;

    /// <summary>The optimisations that are switched off.</summary>
    public IReadOnlyList<string> Off(ParseResult parsed) => parsed.GetValue(_off)!;

    /// <summary>The configuration for a model shape.</summary>
    /// <exception cref="ConfigurationException">There is no such preset or optimisation, or the shape doesn't fit the machine.</exception>
    public NodeConfiguration Configure(ParseResult parsed, Contract.ModelDescription shape) => Configure(parsed, shape, Preset(parsed), Nodes(parsed));

    /// <summary>The configuration for a model shape, with another preset and number of nodes than the command line's.</summary>
    /// <exception cref="ConfigurationException">The shape doesn't fit the machine.</exception>
    public NodeConfiguration Configure(ParseResult parsed, Contract.ModelDescription shape, string preset, int nodes)
    {
        var machine = Machine.Shape(shape) with { Channels = parsed.GetValue(_channels), Lanes = parsed.GetValue(_lanes), Nodes = nodes, ChannelCapacity = U50.Default.BytesPerChannel };
        return Off(parsed).Aggregate(Presets.Named(preset, machine), Presets.Without).Validated();
    }

    /// <summary>The memory model of that name.</summary>
    public static ChannelTiming Timing(string name) => name switch
    {
        "ideal" => ChannelTiming.Ideal,
        "hbm" => ChannelTiming.Hbm,
        _ => throw new UsageException($"--memory {name} is unknown; use ideal or hbm"),
    };
}
