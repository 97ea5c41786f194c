using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LoopLynx.Host;

/// <summary>Attention of one head over positions 0 .. n-1, the last of which is the current token.</summary>
public static class IntegerAttention
{
    /// <summary>One, in the fraction bits of an averaged value: Q12.</summary>
    public const int AverageOne = 1 << AverageBits;

    private const int AverageBits = 12, MantissaBits = 16;

    /// <summary>Probabilities of <see cref="SoftmaxMode.Paper"/>.</summary>
    public static NumericFormat PaperProbability { get; } = new(8, Symmetric: true);

    /// <summary>The scores q . k_j, <c>[n]</c>.</summary>
    /// <param name="query">The query, <c>[d]</c>.</param>
    /// <param name="keys">Keys by position, <c>[n, d]</c>.</param>
    /// <param name="scores">Receives one score per position, <c>[n]</c>.</param>
    public static void Scores(ReadOnlySpan<short> query, ReadOnlySpan<short> keys, Span<int> scores)
    {
        for (int j = 0; j < scores.Length; j++)
            scores[j] = Int16Dot.Dot(keys.Slice(j * query.Length, query.Length), query);
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

    /// <summary>The weighted sums PV_c = sum_j weights[j] * v[j, c], <c>[d]</c>.</summary>
    /// <param name="weights">Probabilities by position.</param>
    /// <param name="values">Values by position, <c>[n, d]</c>.</param>
    /// <param name="sums">Receives <c>[d]</c>.</param>
    /// <param name="plan">The formats of probabilities and values; a product of them fits 32 bits.</param>
    public static void WeightedValues(ReadOnlySpan<int> weights, ReadOnlySpan<short> values, Span<long> sums, NumericPlan plan)
    {
        // So many products fit 32 bits.
        int d = sums.Length, safe = (int)Math.Max(1, int.MaxValue / (plan.Probability.Max * plan.Value.Max));
        sums.Clear();
        Span<int> partial = stackalloc int[d];
        for (int start = 0; start < weights.Length; start += safe)
        {
            partial.Clear();
            for (int j = start; j < Math.Min(start + safe, weights.Length); j++)
                AddScaled(values.Slice(j * d, d), weights[j], partial);
            for (int c = 0; c < d; c++)
                sums[c] += partial[c];
        }
    }

    /// <summary>The precise softmax's last step: PV divided by the sum, in context steps, before saturation.</summary>
    public static long Normalise(long weighted, int mantissa, int exponent, Multiplier context)
    {
        long average = Fixed.RoundShift(Fixed.RoundShift(weighted, exponent - AverageBits) * mantissa, MantissaBits);
        return Fixed.RoundShift(average * context.Value, context.Shift);
    }

    /// <summary>A probability of the paper's softmax, not negative.</summary>
    public static int Probability(int exponential, int mantissa, int exponent) =>
        (int)PaperProbability.Clip(Fixed.RoundShift((long)exponential * mantissa * PaperProbability.Max, MantissaBits + exponent));

    private static void AddScaled(ReadOnlySpan<short> row, int weight, Span<int> sums)
    {
        ref short pr = ref MemoryMarshal.GetReference(row);
        ref int ps = ref MemoryMarshal.GetReference(sums);
        int c = 0;
        for (; c <= row.Length - 16; c += 16)
        {
            (Vector256<int> a, Vector256<int> b) = Vector256.Widen(Vector256.LoadUnsafe(ref pr, (nuint)c));
            (Vector256.LoadUnsafe(ref ps, (nuint)c) + a * weight).StoreUnsafe(ref ps, (nuint)c);
            (Vector256.LoadUnsafe(ref ps, (nuint)c + 8) + b * weight).StoreUnsafe(ref ps, (nuint)c + 8);
        }
        for (; c < row.Length; c++)
            sums[c] += row[c] * weight;
    }
}
