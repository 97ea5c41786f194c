using System.CommandLine;
using LoopLynx.Accelerator;
using LoopLynx.Cli.Output;
using LoopLynx.Host;
using LoopLynx.Sim.Memory;

namespace LoopLynx.Cli.Options;

/// <summary>The options that choose the machine: the same on every command that builds it.</summary>
public sealed class MachineOptions
{
    private readonly Option<string> _preset = new("--preset") { Description = "configuration of the machine: fast", DefaultValueFactory = _ => "fast" };
    private readonly Option<int> _nodes = new("--nodes") { Description = "accelerator nodes: 1", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _channels = new("--channels") { Description = "memory channels of a node, one MP slice each", DefaultValueFactory = _ => 8 };
    private readonly Option<int> _lanes = new("--lanes") { Description = "int8 multipliers of a slice: bytes of a memory beat", DefaultValueFactory = _ => 32 };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_preset);
        command.Add(_nodes);
        command.Add(_channels);
        command.Add(_lanes);
    }

    /// <summary>Number of nodes.</summary>
    public int Nodes(ParseResult parsed) => parsed.GetValue(_nodes);

    /// <summary>Name of the preset.</summary>
    public string Preset(ParseResult parsed) => parsed.GetValue(_preset)!;

    /// <summary>The configuration for a model shape.</summary>
    /// <exception cref="UsageException">The preset or the number of nodes isn't available.</exception>
    /// <exception cref="ConfigurationException">The shape doesn't fit the machine.</exception>
    public NodeConfiguration Configure(ParseResult parsed, ModelShape shape)
    {
        if (Preset(parsed) != "fast")
        {
            throw new UsageException($"--preset {Preset(parsed)} is not available; this version builds: fast");
        }

        if (Nodes(parsed) != 1)
        {
            throw new UsageException($"--nodes {Nodes(parsed)} is not available; this version builds: 1");
        }

        return new NodeConfiguration(shape.Layers, shape.Heads, shape.Embed, shape.FeedForward, shape.Context, parsed.GetValue(_channels), parsed.GetValue(_lanes)).Validated();
    }

    /// <summary>The memory model of that name.</summary>
    public static ChannelTiming Timing(string name) => name switch
    {
        "ideal" => ChannelTiming.Ideal,
        "hbm" => ChannelTiming.Hbm,
        _ => throw new UsageException($"--memory {name} is unknown; use ideal or hbm"),
    };
}
