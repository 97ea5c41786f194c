using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LoopLynx.Host;

/// <summary>
/// The float32 model's arithmetic. Always eight lanes and never fused, so that sums round the same on every machine and calibration,
/// which samples text from this model, gives the same integers everywhere.
/// </summary>
internal static class FloatKernels
{
    /// <summary>Weights from which a matrix is worth sharing between threads.</summary>
    private const long ParallelWeights = 1 << 20;

    private const int RowsPerTask = 64;

    /// <summary>y[t, r] = x[t, :] . w[r, :] + bias[r] for t below <paramref name="tokens"/>; a null bias is zero.</summary>
    public static void MatMul(float[] x, int tokens, FloatMatrix w, float[]? bias, float[] y)
    {
        int tasks = (w.Rows + RowsPerTask - 1) / RowsPerTask;
        int fours = w.Columns % 8 == 0 ? tokens & ~3 : 0;
        void Run(int task)
        {
            int first = task * RowsPerTask, end = Math.Min(first + RowsPerTask, w.Rows);
            for (int r = first; fours > 0 && r < end; r++)
                RowOfFours(x, fours, w.Row(r), bias is null ? 0 : bias[r], y, r, w.Rows);
            for (int t = fours; t < tokens; t++)
                Rows(x.AsSpan(t * w.Columns, w.Columns), w, bias, y.AsSpan(t * w.Rows, w.Rows), first, end);
        }
        if (w.Data.LongLength * tokens >= ParallelWeights * 4)
            SharedLoop.Run(tasks, Run);
        else
            for (int task = 0; task < tasks; task++)
                Run(task);
    }

    /// <summary>The inner product of two vectors of equal length.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector256<float> sum = default;
        ref float pa = ref MemoryMarshal.GetReference(a), pb = ref MemoryMarshal.GetReference(b);
        int i = 0;
        for (; i <= a.Length - 8; i += 8)
            sum += Vector256.LoadUnsafe(ref pa, (nuint)i) * Vector256.LoadUnsafe(ref pb, (nuint)i);
        float total = Vector256.Sum(sum);
        for (; i < a.Length; i++)
            total += a[i] * b[i];
        return total;
    }

    /// <summary>target += scale * source.</summary>
    public static void AddScaled(ReadOnlySpan<float> source, float scale, Span<float> target)
    {
        ref float ps = ref MemoryMarshal.GetReference(source), pt = ref MemoryMarshal.GetReference(target);
        int i = 0;
        for (; i <= source.Length - 8; i += 8)
            (Vector256.LoadUnsafe(ref pt, (nuint)i) + Vector256.LoadUnsafe(ref ps, (nuint)i) * scale).StoreUnsafe(ref pt, (nuint)i);
        for (; i < source.Length; i++)
            target[i] += source[i] * scale;
    }

    /// <summary>Layer norm of one vector.</summary>
    public static void LayerNorm(ReadOnlySpan<float> x, NormWeights norm, double epsilon, Span<float> y)
    {
        double sum = 0, squares = 0;
        foreach (float value in x)
            sum += value;
        double mean = sum / x.Length;
        foreach (float value in x)
            squares += (value - mean) * (value - mean);
        float scale = (float)(1 / Math.Sqrt(squares / x.Length + epsilon)), centre = (float)mean;
        for (int i = 0; i < x.Length; i++)
            y[i] = (x[i] - centre) * scale * norm.Gamma[i] + norm.Beta[i];
    }

    /// <summary>GPT-2's GELU, the tanh form.</summary>
    public static float Gelu(float x) => 0.5f * x * (1 + MathF.Tanh(0.7978845608f * (x + 0.044715f * x * x * x)));

    /// <summary>Softmax in place.</summary>
    public static void Softmax(Span<float> scores)
    {
        float max = float.NegativeInfinity, sum = 0;
        foreach (float score in scores)
            max = Math.Max(max, score);
        foreach (ref float score in scores)
            sum += score = MathF.Exp(score - max);
        foreach (ref float score in scores)
            score /= sum;
    }

    /// <summary>One row of weights against tokens, four at a time.</summary>
    private static void RowOfFours(float[] x, int tokens, ReadOnlySpan<float> w, float bias, float[] y, int row, int rows)
    {
        for (int t = 0; t < tokens; t += 4)
        {
            (float y0, float y1, float y2, float y3) = FourDots(w, ref x[t * w.Length]);
            y[t * rows + row] = y0 + bias;
            y[(t + 1) * rows + row] = y1 + bias;
            y[(t + 2) * rows + row] = y2 + bias;
            y[(t + 3) * rows + row] = y3 + bias;
        }
    }

    /// <summary>Some rows of weights against one token, four at a time.</summary>
    private static void Rows(ReadOnlySpan<float> x, FloatMatrix w, float[]? bias, Span<float> y, int first, int end)
    {
        int r = first;
        for (; r + 4 <= end && x.Length % 8 == 0; r += 4)
        {
            (float y0, float y1, float y2, float y3) = FourDots(x, ref MemoryMarshal.GetReference(w.Row(r)));
            y[r] = y0 + (bias is null ? 0 : bias[r]);
            y[r + 1] = y1 + (bias is null ? 0 : bias[r + 1]);
            y[r + 2] = y2 + (bias is null ? 0 : bias[r + 2]);
            y[r + 3] = y3 + (bias is null ? 0 : bias[r + 3]);
        }
        for (; r < end; r++)
            y[r] = Dot(x, w.Row(r)) + (bias is null ? 0 : bias[r]);
    }

    /// <summary>
    /// The inner products of a vector, whose length is a multiple of 8, with four that lie one after another: it is loaded once, for four sums that don't
    /// wait for each other.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (float, float, float, float) FourDots(ReadOnlySpan<float> one, ref float fours)
    {
        Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default;
        int n = one.Length;
        ref float po = ref MemoryMarshal.GetReference(one);
        for (int i = 0; i < n; i += 8)
        {
            Vector256<float> v = Vector256.LoadUnsafe(ref po, (nuint)i);
            s0 += v * Vector256.LoadUnsafe(ref fours, (nuint)i);
            s1 += v * Vector256.LoadUnsafe(ref fours, (nuint)(i + n));
            s2 += v * Vector256.LoadUnsafe(ref fours, (nuint)(i + 2 * n));
            s3 += v * Vector256.LoadUnsafe(ref fours, (nuint)(i + 3 * n));
        }
        return (Vector256.Sum(s0), Vector256.Sum(s1), Vector256.Sum(s2), Vector256.Sum(s3));
    }
}
