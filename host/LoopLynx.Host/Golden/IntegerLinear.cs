namespace LoopLynx.Host;

/// <summary>An int8 linear layer with its requantisation.</summary>
public static class IntegerLinear
{
    /// <summary>Weights from which a matrix is worth sharing between threads.</summary>
    private const long ParallelWeights = 1 << 20;

    private const int RowsPerTask = 128;

    /// <summary>The accumulator of one row: the exact sum of products, before the bias.</summary>
    /// <param name="row">Weights, <c>[K]</c>.</param>
    /// <param name="x">Activations -127..127, widened, <c>[K]</c>.</param>
    public static int Accumulate(ReadOnlySpan<sbyte> row, ReadOnlySpan<short> x) => Int8Dot.Dot(row, x);

    /// <summary>All rows, clipped to min..max. Returns how many were clipped.</summary>
    /// <param name="matrix">The layer.</param>
    /// <param name="x">Activations -127..127, widened; the first <c>[columns]</c> count.</param>
    /// <param name="y">Receives <c>[rows]</c>.</param>
    /// <param name="min">Smallest value of the output's format.</param>
    /// <param name="max">Largest value of the output's format.</param>
    public static int Apply(QuantizedMatrix matrix, short[] x, int[] y, int min, int max)
    {
        int tasks = (matrix.Rows + RowsPerTask - 1) / RowsPerTask, clipped = 0;
        void Run(int task)
        {
            int count = 0;
            for (int r = task * RowsPerTask; r < Math.Min((task + 1) * RowsPerTask, matrix.Rows); r++)
            {
                long value = Requantise.Scale(Accumulate(matrix.Row(r), x.AsSpan(0, matrix.Columns)), matrix.Bias[r], matrix.Scale[r]);
                y[r] = (int)Math.Clamp(value, min, max);
                count += y[r] != value ? 1 : 0;
            }
            Interlocked.Add(ref clipped, count);
        }
        if (matrix.Weights.LongLength >= ParallelWeights)
            SharedLoop.Run(tasks, Run);
        else
            for (int task = 0; task < tasks; task++)
                Run(task);
        return clipped;
    }
}
