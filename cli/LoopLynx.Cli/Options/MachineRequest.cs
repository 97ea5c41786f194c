using LoopLynx.Accelerator;
using LoopLynx.Cli.Output;
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
/// <param name="Link">Name of the link between two cards; null: the card's preset has one, the others know no cards.</param>
public sealed record MachineRequest(string Preset, int Nodes, int Channels, int? Lanes, IReadOnlyList<string> Off, string? Link = null)
{
    private const string CardsLink = "aurora";

    /// <summary>The machine without any option.</summary>
    public static MachineRequest Default { get; } = new("fast", 1, 8, null, []);

    /// <summary>The clock of the machine, and the basis of its times.</summary>
    public Clock Clock => Clock.Of(Preset);

    /// <summary>The link between two cards that the machine has; null: none, or all links are alike.</summary>
    public SerialLink? CardLink =>
        Nodes > CardRing.NodesOfCard && (Link ?? (OnCard ? CardsLink : null)) is { } name ? SerialLink.Named(name) : null;

    private bool OnCard => Clock == Clock.Card;

    /// <summary>The configuration for a model shape.</summary>
    /// <exception cref="UsageException">The machine has no link between cards.</exception>
    /// <exception cref="ConfigurationException">There is no such preset or optimisation, or the shape doesn't fit the machine.</exception>
    public NodeConfiguration Configure(ModelDescription shape)
    {
        if (Link is not null && Nodes <= CardRing.NodesOfCard)
        {
            throw new UsageException($"--link {Link} joins two cards of {CardRing.NodesOfCard} nodes, and there are {Nodes} nodes: use more, or leave it out");
        }

        var machine = Machine.Shape(shape) with
        {
            Channels = Channels,
            Lanes = Lanes ?? Presets.BeatBytes(Preset),
            Nodes = Nodes,
            ChannelCapacity = U50.Default.BytesPerChannel,
        };
        var link = CardLink?.Cycles(Clock.Mhz) ?? 0;
        machine = OnCard ? CardRing.OnCards(machine, link) : machine with { CardLinkCycles = link };
        return Off.Aggregate(Presets.Named(Preset, machine), Presets.Without).Validated();
    }
}
