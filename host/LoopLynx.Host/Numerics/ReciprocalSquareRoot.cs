namespace LoopLynx.Host;

/// <summary>1 / sqrt(m) for m in [1, 4): a table of 192 entries and one Newton step.</summary>
public static class ReciprocalSquareRoot
{
    private static readonly ushort[] table = BuildTable();

    /// <summary>The seeds by the upper 8 bits of m, u16 in Q16: round(2^16 / sqrt((i + 0.5) / 64)) for i = 64..255, zero below.</summary>
    public static ReadOnlySpan<ushort> Table => table;

    /// <summary>1 / sqrt(m) in Q16: 32768 .. 65535 over all mantissas.</summary>
    /// <param name="mantissa">m in Q16: 2^16 .. 2^18 - 1.</param>
    public static int Compute(int mantissa)
    {
        long r0 = table[mantissa >> 10];
        long square = (r0 * r0) >> 16;
        long correction = 3 * 65536 - Fixed.RoundShift(mantissa * square, 16);
        return (int)Fixed.RoundShift(r0 * correction, 17);
    }

    private static ushort[] BuildTable()
    {
        var seeds = new ushort[256];
        for (int i = 64; i < 256; i++)
            seeds[i] = (ushort)Math.Round(65536 / Math.Sqrt((i + 0.5) / 64), MidpointRounding.AwayFromZero);
        return seeds;
    }
}
