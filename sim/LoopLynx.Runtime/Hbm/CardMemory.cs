using LoopLynx.Accelerator;

namespace LoopLynx.Runtime;

/// <summary>How the channels of a machine's nodes lie on cards, and what each card's memory takes: nodes 2k and 2k + 1 share card k.</summary>
public sealed class CardMemory
{
    private readonly PowerWindow[] _windows;

    /// <summary>Watches the channels of a machine.</summary>
    /// <param name="timing">Figures.</param>
    /// <param name="channels">All channels, node after node.</param>
    /// <param name="channelsOfNode">Channels of a node.</param>
    public CardMemory(HbmTiming timing, IReadOnlyList<MemoryChannel> channels, int channelsOfNode) =>
        _windows =
        [
            .. channels.Chunk(CardRing.NodesOfCard * channelsOfNode)
                .Select((own, i) => new PowerWindow($"card {i}", timing, () => own.Sum(c => c.BytesMoved))),
        ];

    /// <summary>The most that a card's channels have moved in a window, in GB/s.</summary>
    public double PeakGBps => _windows.Max(w => w.PeakGBps);

    /// <summary>Number on its card of a machine's channel.</summary>
    /// <param name="timing">Figures.</param>
    /// <param name="channel">The channel; those of all nodes are numbered node after node.</param>
    /// <param name="channelsOfNode">Channels of a node.</param>
    public static int NumberOf(HbmTiming timing, int channel, int channelsOfNode) =>
        (channel / channelsOfNode % CardRing.NodesOfCard * (timing.CardChannels / CardRing.NodesOfCard)) + (channel % channelsOfNode);

    /// <summary>A cycle has passed.</summary>
    /// <exception cref="LoopLynx.Sim.SimulationException">A card's memory takes more power than its rail gives.</exception>
    public void Step()
    {
        foreach (var window in _windows)
        {
            window.Step();
        }
    }
}
