namespace LoopLynx.Host;

/// <summary>GELU (tanh form) from int16 to int8: 256 segments, linear in each.</summary>
public sealed class GeluTable
{
    /// <summary>Segments; each covers 256 values of the pre-activation.</summary>
    public const int Segments = 256;

    /// <summary>Wraps the tables, <see cref="Segments"/> entries each.</summary>
    public GeluTable(short[] bases, short[] slopes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bases.Length, Segments);
        ArgumentOutOfRangeException.ThrowIfNotEqual(slopes.Length, Segments);
        (Bases, Slopes) = (bases, slopes);
    }

    /// <summary>The output at each segment's start, in Q6 of an int8 output step.</summary>
    public short[] Bases { get; }

    /// <summary>The rise over each segment, in Q6 of an int8 output step.</summary>
    public short[] Slopes { get; }

    /// <summary>The table for a pre-activation in steps of <paramref name="inputScale"/> and an output in steps of <paramref name="outputScale"/>.</summary>
    public static GeluTable Create(double inputScale, double outputScale)
    {
        var knots = new short[Segments + 1];
        for (int i = 0; i <= Segments; i++)
            knots[i] = Fixed.Saturate16((long)Math.Round(Gelu((i * 256 - 32768) * inputScale) / outputScale * 64, MidpointRounding.AwayFromZero));
        var slopes = new short[Segments];
        for (int i = 0; i < Segments; i++)
            slopes[i] = Fixed.Saturate16(knots[i + 1] - knots[i]);
        return new GeluTable(knots[..Segments], slopes);
    }

    /// <summary>GELU of a pre-activation, -127..127.</summary>
    public sbyte Apply(short preActivation)
    {
        int u = preActivation + 32768, segment = u >> 8, fraction = u & 255;
        return Fixed.Saturate8(Fixed.RoundShift(Bases[segment] * 256 + Slopes[segment] * fraction, 14));
    }

    private static double Gelu(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
}
