namespace LoopLynx.Sim.Interpreted;

/// <summary>Lanes to packed bits and back, in pieces of at most 64 bits.</summary>
internal static unsafe class BitField
{
    /// <summary>Puts all lanes of <paramref name="from"/> one after another from bit <paramref name="at"/> on; those bits are 0 so far.</summary>
    public static void Pack(Slot from, Span<ulong> packed, int at)
    {
        var width = from.Type.Width;
        var word = from.Data;
        for (var lane = 0; lane < from.Type.Lanes; lane++)
        {
            for (var low = 0; low < width; low += 64)
            {
                var bits = Math.Min(64, width - low);
                PackedBits.Insert(packed, at, bits, (ulong)*word++);
                at += bits;
            }
        }
    }

    /// <summary>Fills all lanes of <paramref name="to"/> from consecutive bits, extended by the type's signedness.</summary>
    public static void Unpack(ReadOnlySpan<ulong> packed, int at, Slot to)
    {
        var width = to.Type.Width;
        var word = to.Data;
        for (var lane = 0; lane < to.Type.Lanes; lane++)
        {
            for (var low = 0; low < width; low += 64)
            {
                var bits = Math.Min(64, width - low);
                var value = (long)PackedBits.Extract(packed, at, bits);
                *word++ = to.Type.Signed ? (value << (64 - bits)) >> (64 - bits) : value;
                at += bits;
            }
        }
    }
}
