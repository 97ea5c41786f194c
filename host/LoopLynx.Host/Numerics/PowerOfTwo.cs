namespace LoopLynx.Host;

/// <summary>2^-x for the softmax: the fraction by a table of 64 segments with linear interpolation, the integer part by a shift.</summary>
public static class PowerOfTwo
{
    /// <summary>An exponent of 1, in Q10.</summary>
    public const int One = 1 << 10;

    /// <summary>Largest exponent, Q10: just under 32.</summary>
    public const int MaxExponent = 32767;

    /// <summary>The format of the results.</summary>
    public static NumericFormat Format { get; } = new(16, Signed: false);

    private static readonly int[] table = BuildTable();

    /// <summary>T[n] = round(65535 * 2^(-n/64)), n = 0..64, u16.</summary>
    public static ReadOnlySpan<int> Table => table;

    /// <summary>65535 * 2^(-exponent/1024), u16.</summary>
    /// <param name="exponent">Q10, 0 .. <see cref="MaxExponent"/>.</param>
    public static int Compute(int exponent)
    {
        int fraction = exponent & 1023, segment = fraction >> 4, rest = fraction & 15;
        long e0 = table[segment] - Fixed.RoundShift((table[segment] - table[segment + 1]) * rest, 4);
        return (int)Fixed.RoundShift(e0, exponent >> 10);
    }

    /// <summary>The exponent of a score: how far it lies below the largest one, in Q10 log2 units.</summary>
    /// <param name="distance">Largest score minus this score, not negative.</param>
    /// <param name="scale">The head's score multiplier.</param>
    public static int Exponent(int distance, Multiplier scale) =>
        (int)Math.Min(Fixed.RoundShift((long)distance * scale.Value, scale.Shift), MaxExponent);

    private static int[] BuildTable()
    {
        var values = new int[65];
        for (int n = 0; n <= 64; n++)
            values[n] = (int)Math.Round(Format.Max * Math.Pow(2, -n / 64.0), MidpointRounding.AwayFromZero);
        return values;
    }
}
