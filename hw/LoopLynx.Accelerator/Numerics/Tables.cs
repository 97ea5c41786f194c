using System.Numerics;

namespace LoopLynx.Accelerator;

/// <summary>Contents of the look-up ROMs, as the numerics contract defines them.</summary>
public static class Tables
{
    /// <summary>Entry i: 2^16 / sqrt((i + 0.5) / 64) for the top 8 bits of a mantissa in [1, 4); entries below 64 don't occur.</summary>
    public static IReadOnlyList<BigInteger> ReciprocalSquareRoot { get; } = ReciprocalTables.SquareRoot(new ReciprocalFormat());

    /// <summary>Entry i: 2^16 / (1 + (i + 0.5) / 256) for the top 8 fraction bits of a mantissa in [1, 2).</summary>
    public static IReadOnlyList<BigInteger> Reciprocal { get; } = ReciprocalTables.Reciprocal(new ReciprocalFormat());

    /// <summary>Entry n: 65535 * 2^(-n/64), n = 0..63.</summary>
    public static IReadOnlyList<BigInteger> PowerOfTwo { get; } = [.. Enumerable.Range(0, 64).Select(Power)];

    /// <summary>Entry n: fall of <see cref="PowerOfTwo"/> from n to n + 1.</summary>
    public static IReadOnlyList<BigInteger> PowerOfTwoFall { get; } = [.. Enumerable.Range(0, 64).Select(n => Power(n) - Power(n + 1))];

    private static BigInteger Power(int n) => Rounded(65535 * Math.Pow(2, -n / 64.0));

    private static BigInteger Rounded(double value) => new(Math.Round(value, MidpointRounding.AwayFromZero));
}
