using LoopLynx.Accelerator;
using LoopLynx.Contract;
using LoopLynx.Gen.Board;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Options;

/// <summary>The machine that a command is asked for.</summary>
/// <param name="Preset">Name of the configuration.</param>
/// <param name="Nodes">Nodes on the ring.</param>
/// <param name="Channels">Memory channels of a node.</param>
/// <param name="Lanes">Bytes of a memory beat; null: the preset's.</param>
/// <param name="Off">Optimisations that are switched off.</param>
public sealed record MachineRequest(string Preset, int Nodes, int Channels, int? Lanes, IReadOnlyList<string> Off)
{
    /// <summary>The machine without any option.</summary>
    public static MachineRequest Default { get; } = new("fast", 1, 8, null, []);

    /// <summary>The configuration for a model shape.</summary>
    /// <exception cref="ConfigurationException">There is no such preset or optimisation, or the shape doesn't fit the machine.</exception>
    public NodeConfiguration Configure(ModelDescription shape)
    {
        var machine = Machine.Shape(shape) with
        {
            Channels = Channels,
            Lanes = Lanes ?? Presets.BeatBytes(Preset),
            Nodes = Nodes,
            ChannelCapacity = U50.Default.BytesPerChannel,
        };
        return Off.Aggregate(Presets.Named(Preset, machine), Presets.Without).Validated();
    }
}
