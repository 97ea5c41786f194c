using System.Numerics;

namespace LoopLynx.Hdl;

/// <summary>First guesses of reciprocals, rounded to nearest from exact integers.</summary>
public static class ReciprocalTables
{
    /// <summary>Entry i: 2^F / (1 + (i + 0.5) / 2^T), for the top T fraction bits of a mantissa in [1, 2).</summary>
    public static IReadOnlyList<BigInteger> Reciprocal(ReciprocalFormat format)
    {
        var count = 1 << format.TableBits;
        return [.. Enumerable.Range(0, count).Select(i => Nearest(BigInteger.One << (format.Fraction + format.TableBits + 1), (2 * (count + i)) + 1))];
    }

    /// <summary>Entry i: 2^F / sqrt((i + 0.5) / 2^(T-2)), for the top T bits of a mantissa in [1, 4); entries below 2^(T-2) don't occur and are 0.</summary>
    public static IReadOnlyList<BigInteger> SquareRoot(ReciprocalFormat format)
    {
        var count = 1 << format.TableBits;

        // round(sqrt(p / q)) is half of floor(sqrt(4p / q)), rounded up.
        return [.. Enumerable.Range(0, count).Select(i => i < count / 4
            ? BigInteger.Zero
            : (Root((BigInteger.One << ((2 * format.Fraction) + format.TableBits + 1)) / ((2 * i) + 1)) + 1) >> 1)];
    }

    private static BigInteger Nearest(BigInteger numerator, BigInteger denominator) => ((2 * numerator) + denominator) / (2 * denominator);

    /// <summary>floor(sqrt(value)), by Newton's steps from above.</summary>
    private static BigInteger Root(BigInteger value)
    {
        var root = BigInteger.One << (int)((value.GetBitLength() + 1) / 2);
        for (var next = (root + (value / root)) >> 1; next < root; next = (root + (value / root)) >> 1)
        {
            root = next;
        }

        return root;
    }
}
