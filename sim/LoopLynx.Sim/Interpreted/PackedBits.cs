namespace LoopLynx.Sim.Interpreted;

/// <summary>Fields of up to 64 bits in an array of 64-bit words, bit 0 the least significant of word 0: the packed form of lanes and of concatenations.</summary>
public static class PackedBits
{
    /// <summary>Words that hold <paramref name="bits"/>.</summary>
    public static int Words(int bits) => (bits + 63) / 64;

    /// <summary>The lowest <paramref name="width"/> bits set (1 to 64).</summary>
    public static ulong Mask(int width) => ulong.MaxValue >> (64 - width);

    /// <summary>Sets <paramref name="width"/> bits (1 to 64) that are 0 so far; higher bits of <paramref name="value"/> are ignored.</summary>
    public static void Insert(Span<ulong> words, int bit, int width, ulong value)
    {
        value &= Mask(width);
        var (word, shift) = (bit >> 6, bit & 63);
        words[word] |= value << shift;
        if (shift + width > 64)
        {
            words[word + 1] |= value >> (64 - shift);
        }
    }

    /// <summary>Gets <paramref name="width"/> bits (1 to 64), zero-extended.</summary>
    public static ulong Extract(ReadOnlySpan<ulong> words, int bit, int width)
    {
        var (word, shift) = (bit >> 6, bit & 63);
        var value = words[word] >> shift;
        if (shift + width > 64)
        {
            value |= words[word + 1] << (64 - shift);
        }

        return value & Mask(width);
    }
}
