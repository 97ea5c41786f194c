using LoopLynx.Accelerator;

namespace LoopLynx.Runtime;

/// <summary>What a card's memory gives the channels of a machine: the rate that the host sets, and what the closed-form model is told.</summary>
public static class CardPace
{
    /// <summary>
    /// What the host writes into a node's register: each of the card's nodes has an equal part of what the card may move, and each channel an equal part of
    /// its node's. 0, no limit, for an ideal memory and for a machine without the register.
    /// </summary>
    public static int Register(ChannelTiming timing, NodeConfiguration c) =>
        timing.Card is { } card ? CardRing.ReadPace(c, card.CardGBps, card.KernelMhz) : 0;

    /// <summary>What the closed-form model is told of a channel, with what the host has set.</summary>
    public static MemoryPace Of(ChannelTiming timing, NodeConfiguration c)
    {
        var pace = new MemoryPace(timing.Latency);
        if (timing.Card is not { } card)
        {
            return pace;
        }

        // Bytes over a refresh interval, in beats of the port and cycles of its clock.
        var moved = (long)(card.RefreshIntervalTicks - card.RefreshLossTicks) * HbmTiming.ColumnBytes * card.HbmMhz;
        var cyclesOfTick = (double)card.KernelMhz / card.HbmMhz;
        var register = Register(timing, c);
        return pace with
        {
            Channel = BeatRate.AtMostWhole(moved, (long)card.RefreshIntervalTicks * c.Lanes * card.KernelMhz),
            Orders = register > 0 ? BeatRate.AtMostWhole(register, 1 << ReadPacer.FractionBits) : BeatRate.Whole,
            WriteCycles = cyclesOfTick * card.TurnTicks,
            RowCycles = cyclesOfTick * card.RowCycleTicks,
        };
    }

    /// <summary>
    /// The shortest time that a card needs for a token, in ms: the bytes of weights and of cached K and V, at what one sequential reader gets of a channel,
    /// or at what the card may move, whichever is less.
    /// </summary>
    /// <param name="card">Figures.</param>
    /// <param name="c">The machine.</param>
    /// <param name="position">The token's position, from 0.</param>
    public static double RooflineMs(HbmTiming card, NodeConfiguration c, int position)
    {
        var nodesOfCard = Math.Min(c.Nodes, CardRing.NodesOfCard);
        var channels = Math.Min(nodesOfCard * c.Channels * Math.Min(card.SequentialGBps, c.Lanes * card.KernelMhz / 1000.0), card.CardGBps);
        var bytes = (double)c.RooflineBeats(position) * c.Channels * c.Lanes * nodesOfCard;
        return bytes / channels / 1e6;
    }
}
