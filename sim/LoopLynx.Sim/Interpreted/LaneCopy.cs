using LoopLynx.Hdl;

namespace LoopLynx.Sim.Interpreted;

/// <summary>Moves of whole lanes between slots, extending them where the target is wider.</summary>
internal static unsafe class LaneCopy
{
    /// <summary>Whether every value of one type is a value of the other, so that a move needs no wrap.</summary>
    public static bool Fits(HdlType from, HdlType to) =>
        from.Signed == to.Signed ? from.Width <= to.Width : to.Signed && from.Width < to.Width;

    /// <summary>Copies <paramref name="count"/> consecutive lanes.</summary>
    public static void Lanes(Slot from, int fromLane, Slot to, int toLane, int count)
    {
        var (words, toWords) = (from.LaneWords, to.LaneWords);
        if (words == toWords)
        {
            new ReadOnlySpan<long>(from.Data + (fromLane * words), count * words).CopyTo(new Span<long>(to.Data + (toLane * words), count * words));
            return;
        }

        for (var lane = 0; lane < count; lane++)
        {
            var source = new ReadOnlySpan<long>(from.Data + ((fromLane + lane) * words), words);
            var target = new Span<long>(to.Data + ((toLane + lane) * toWords), toWords);
            source.CopyTo(target);
            target[words..].Fill(from.Type.Signed && source[^1] < 0 ? -1 : 0);
        }
    }

    /// <summary>Copies all lanes, or the only lane to all.</summary>
    public static void Broadcast(Slot from, Slot to)
    {
        if (from.Type.Lanes == to.Type.Lanes)
        {
            Lanes(from, 0, to, 0, to.Type.Lanes);
            return;
        }

        for (var lane = 0; lane < to.Type.Lanes; lane++)
        {
            Lanes(from, 0, to, lane, 1);
        }
    }
}
