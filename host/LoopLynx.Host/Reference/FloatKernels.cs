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
        void Run(int task)
        {
            for (int r = task * RowsPerTask; r < Math.Min((task + 1) * RowsPerTask, w.Rows); r++)
                MatMulRow(x, tokens, w.Row(r), bias is null ? 0 : bias[r], y, r, w.Rows);
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

    /// <summary>One row of weights against all tokens, four at a time: the row is loaded once for four sums.</summary>
    private static void MatMulRow(float[] x, int tokens, ReadOnlySpan<float> w, float bias, float[] y, int row, int rows)
    {
        int t = 0, n = w.Length;
        ref float pw = ref MemoryMarshal.GetReference(w);
        for (; t + 4 <= tokens && n % 8 == 0; t += 4)
        {
            Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default;
            ref float px = ref x[t * n];
            for (int i = 0; i < n; i += 8)
            {
                Vector256<float> v = Vector256.LoadUnsafe(ref pw, (nuint)i);
                s0 += v * Vector256.LoadUnsafe(ref px, (nuint)i);
                s1 += v * Vector256.LoadUnsafe(ref px, (nuint)(i + n));
                s2 += v * Vector256.LoadUnsafe(ref px, (nuint)(i + 2 * n));
                s3 += v * Vector256.LoadUnsafe(ref px, (nuint)(i + 3 * n));
            }
            y[t * rows + row] = Vector256.Sum(s0) + bias;
            y[(t + 1) * rows + row] = Vector256.Sum(s1) + bias;
            y[(t + 2) * rows + row] = Vector256.Sum(s2) + bias;
            y[(t + 3) * rows + row] = Vector256.Sum(s3) + bias;
        }
        for (; t < tokens; t++)
            y[t * rows + row] = Dot(x.AsSpan(t * n, n), w) + bias;
    }
}
