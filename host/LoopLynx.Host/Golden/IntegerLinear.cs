namespace LoopLynx.Host;

/// <summary>A linear layer in integers, with its requantisation.</summary>
public static class IntegerLinear
{
    /// <summary>Weights from which a matrix is worth sharing between threads.</summary>
    private const long ParallelWeights = 1 << 20;

    private const int RowsPerTask = 128;

    /// <summary>The accumulator of one row: the exact sum of products, before the bias.</summary>
    /// <param name="row">Weights, <c>[K]</c>.</param>
    /// <param name="x">Activations whose sum of products fits 32 bits, <c>[K]</c>.</param>
    public static int Accumulate(ReadOnlySpan<sbyte> row, ReadOnlySpan<short> x) => Int8Dot.Dot(row, x);

    /// <summary>All rows, requantised, before saturation.</summary>
    /// <param name="matrix">The layer.</param>
    /// <param name="x">Activations; the first <c>[columns]</c> count.</param>
    /// <returns><c>[rows]</c></returns>
    public static long[] Apply(QuantizedMatrix matrix, int[] x)
    {
        int tasks = (matrix.Rows + RowsPerTask - 1) / RowsPerTask;
        var y = new long[matrix.Rows];
        short[]? narrow = Narrow(x.AsSpan(0, matrix.Columns));
        void Run(int task)
        {
            for (int r = task * RowsPerTask; r < Math.Min((task + 1) * RowsPerTask, matrix.Rows); r++)
            {
                long accumulator = narrow is not null ? Accumulate(matrix.Row(r), narrow) : AccumulateWide(matrix.Row(r), x);
                y[r] = Requantise.Scale(accumulator, matrix.Bias[r], matrix.Scale[r]);
            }
        }
        if (matrix.Weights.LongLength >= ParallelWeights)
            SharedLoop.Run(tasks, Run);
        else
            for (int task = 0; task < tasks; task++)
                Run(task);
        return y;
    }

    /// <summary>The activations in 16 bits, if every sum of their products with weights of 8 bits fits 32 bits; otherwise null.</summary>
    private static short[]? Narrow(ReadOnlySpan<int> x)
    {
        var narrow = new short[x.Length];
        int largest = 0;
        for (int i = 0; i < x.Length; i++)
        {
            narrow[i] = (short)x[i];
            if (narrow[i] != x[i])
                return null;
            largest = Math.Max(largest, Math.Abs(x[i]));
        }
        return (long)largest * -sbyte.MinValue * x.Length <= int.MaxValue ? narrow : null;
    }

    private static long AccumulateWide(ReadOnlySpan<sbyte> row, ReadOnlySpan<int> x)
    {
        long sum = 0;
        for (int i = 0; i < row.Length; i++)
            sum += (long)row[i] * x[i];
        return sum;
    }
}
