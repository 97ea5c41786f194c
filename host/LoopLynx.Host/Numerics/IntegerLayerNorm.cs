using System.Numerics;

namespace LoopLynx.Host;

/// <summary>
/// Layer norm of the residual stream in integers. Sums are exact: the variance is formed as E * S2 - S1^2, so nothing cancels.
/// </summary>
public static class IntegerLayerNorm
{
    /// <summary>What the sums decide for a whole vector.</summary>
    /// <param name="Sum">S1, the sum of the elements.</param>
    /// <param name="Exponent">k: E times the standard deviation lies in [2^k, 2^(k+1)).</param>
    /// <param name="InverseRoot">1 / sqrt(m) in Q16, 17 bits; E times the standard deviation is 2^k * sqrt(m).</param>
    public readonly record struct Statistics(long Sum, int Exponent, int InverseRoot);

    /// <summary>The statistics of a vector of 24-bit values, <c>[E]</c>; epsilon is added to E^2 times the variance.</summary>
    public static Statistics Measure(ReadOnlySpan<int> x, ulong epsilon)
    {
        long sum = 0;
        ulong squares = 0;
        foreach (int value in x)
        {
            sum += value;
            squares += (ulong)((long)value * value);
        }
        UInt128 w = (UInt128)(ulong)x.Length * squares - (UInt128)((Int128)sum * sum) + epsilon;
        int k = (int)UInt128.Log2(w) >> 1;
        int mantissa = (int)(2 * k >= 16 ? w >> (2 * k - 16) : w << (16 - 2 * k));
        return new Statistics(sum, k, ReciprocalSquareRoot.Compute(mantissa));
    }

    /// <summary>One element, normalised: (x - mean) / deviation in Q12.</summary>
    /// <param name="x">The element, 24 bits.</param>
    /// <param name="length">E.</param>
    /// <param name="statistics">Of the whole vector.</param>
    public static long Normalise(int x, int length, Statistics statistics)
    {
        long centred = (long)length * x - statistics.Sum;
        int k = statistics.Exponent;
        long t = k > 12 ? Fixed.RoundShift(centred, k - 12) : centred << (12 - k);
        return Fixed.RoundShift(t * statistics.InverseRoot, 16);
    }

    /// <summary>Gain and offset of one normalised element, before saturation.</summary>
    public static long Affine(long normalised, short gamma, short beta, int gammaBits) =>
        Fixed.RoundShift(normalised * gamma + ((long)beta << (6 + gammaBits)), 12 + gammaBits);

    /// <summary>The whole norm: <paramref name="x"/> of 24-bit values to a format, both <c>[E]</c>. Returns how many outputs saturated.</summary>
    public static int Apply(ReadOnlySpan<int> x, QuantizedNorm norm, Span<int> y, NumericFormat format)
    {
        Statistics statistics = Measure(x, norm.Epsilon);
        int saturated = 0;
        for (int i = 0; i < x.Length; i++)
        {
            long value = Affine(Normalise(x[i], x.Length, statistics), norm.Gamma[i], norm.Beta[i], norm.GammaBits);
            y[i] = (int)format.Clip(value);
            saturated += y[i] != value ? 1 : 0;
        }
        return saturated;
    }

    /// <summary>The epsilon of the integer norm: max(1, round(epsilon * 2^(2F) * E^2)).</summary>
    public static ulong Epsilon(double epsilon, int fractionBits, int length) =>
        (ulong)Math.Max(1, Math.Round(epsilon * Math.ScaleB(1, 2 * fractionBits) * length * length, MidpointRounding.AwayFromZero));
}
