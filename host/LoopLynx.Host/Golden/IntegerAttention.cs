using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LoopLynx.Host;

/// <summary>Attention of one head over positions 0 .. n-1, the last of which is the current token.</summary>
public static class IntegerAttention
{
    /// <summary>Positions whose products fit 32 bits: 65535 * 127 * 256 is below 2^31.</summary>
    private const int SafePositions = 256;

    /// <summary>The scores q . k_j, <c>[n]</c>.</summary>
    /// <param name="query">The query, <c>[d]</c>.</param>
    /// <param name="keys">Keys by position, <c>[n, d]</c>.</param>
    /// <param name="scores">Receives one score per position, <c>[n]</c>.</param>
    public static void Scores(ReadOnlySpan<sbyte> query, ReadOnlySpan<sbyte> keys, Span<int> scores)
    {
        Span<short> wide = stackalloc short[query.Length];
        for (int c = 0; c < wide.Length; c++)
            wide[c] = query[c];
        for (int j = 0; j < scores.Length; j++)
            scores[j] = Int8Dot.Dot(keys.Slice(j * query.Length, query.Length), wide);
    }

    /// <summary>Replaces scores by their exponentials relative to the largest, u16; returns their sum.</summary>
    public static long Exponentials(Span<int> scores, Multiplier scale)
    {
        int max = int.MinValue;
        foreach (int score in scores)
            max = Math.Max(max, score);
        long sum = 0;
        foreach (ref int score in scores)
            sum += score = PowerOfTwo.Compute(PowerOfTwo.Exponent(max - score, scale));
        return sum;
    }

    /// <summary>The weighted sums PV_c = sum_j weights[j] * v[j, c], <c>[d]</c>; weights are at most 16 bits, unsigned.</summary>
    public static void WeightedValues(ReadOnlySpan<int> weights, ReadOnlySpan<sbyte> values, Span<long> sums)
    {
        int d = sums.Length;
        sums.Clear();
        Span<int> partial = stackalloc int[d];
        for (int start = 0; start < weights.Length; start += SafePositions)
        {
            partial.Clear();
            for (int j = start; j < Math.Min(start + SafePositions, weights.Length); j++)
                AddScaled(values.Slice(j * d, d), weights[j], partial);
            for (int c = 0; c < d; c++)
                sums[c] += partial[c];
        }
    }

    /// <summary>The precise softmax's last step: PV divided by the sum, in context steps, before saturation.</summary>
    public static long Normalise(long weighted, int mantissa, int exponent, Multiplier context)
    {
        long average = Fixed.RoundShift(Fixed.RoundShift(weighted, exponent - 12) * mantissa, 16);
        return Fixed.RoundShift(average * context.Value, context.Shift);
    }

    /// <summary>A probability of the paper's softmax, 0..127.</summary>
    public static int Probability(int exponential, int mantissa, int exponent) =>
        (int)Math.Min(127, Fixed.RoundShift((long)exponential * mantissa * 127, 16 + exponent));

    private static void AddScaled(ReadOnlySpan<sbyte> row, int weight, Span<int> sums)
    {
        ref sbyte pr = ref MemoryMarshal.GetReference(row);
        ref int ps = ref MemoryMarshal.GetReference(sums);
        int c = 0;
        for (; c <= row.Length - 16; c += 16)
        {
            (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.LoadUnsafe(ref pr, (nuint)c));
            Vector256<int> a = Vector256.WidenLower(low.ToVector256()), b = Vector256.WidenLower(high.ToVector256());
            (Vector256.LoadUnsafe(ref ps, (nuint)c) + a * weight).StoreUnsafe(ref ps, (nuint)c);
            (Vector256.LoadUnsafe(ref ps, (nuint)c + 8) + b * weight).StoreUnsafe(ref ps, (nuint)c + 8);
        }
        for (; c < row.Length; c++)
            sums[c] += row[c] * weight;
    }
}
