using System.Numerics;

namespace LoopLynx.Host;

/// <summary>1 / sum for the softmax: the exponent is taken out, then a table of 256 entries and one Newton step.</summary>
public static class Reciprocal
{
    private static readonly ushort[] table = BuildTable();

    /// <summary>The seeds by the 8 bits below m's leading one, u16 in Q16: round(2^16 / (1 + (i + 0.5) / 256)).</summary>
    public static ReadOnlySpan<ushort> Table => table;

    /// <summary>1 / sum = Mantissa / 2^16 / 2^Exponent.</summary>
    /// <param name="sum">The sum of exponentials; at least 2^15, since the largest exponential is 65535.</param>
    /// <returns>The mantissa in Q16 (17 bits) and the index of the sum's leading one, at least 15.</returns>
    public static (int Mantissa, int Exponent) Compute(long sum)
    {
        int b = BitOperations.Log2((ulong)sum);
        long m = b >= 16 ? sum >> (b - 16) : sum << (16 - b);
        long r0 = table[(int)(m >> 8) & 255];
        long correction = 2 * 65536 - Fixed.RoundShift(m * r0, 16);
        return ((int)Fixed.RoundShift(r0 * correction, 16), b);
    }

    private static ushort[] BuildTable()
    {
        var seeds = new ushort[256];
        for (int i = 0; i < 256; i++)
            seeds[i] = (ushort)Math.Round(65536 / (1 + (i + 0.5) / 256), MidpointRounding.AwayFromZero);
        return seeds;
    }
}
