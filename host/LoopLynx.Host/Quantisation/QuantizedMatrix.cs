namespace LoopLynx.Host;

/// <summary>An int8 linear layer: y[r] = saturate(RoundShift((sum_k w[r, k] * x[k] + bias[r]) * M[r], s[r])).</summary>
public sealed class QuantizedMatrix
{
    /// <summary>Wraps weights <c>[rows, columns]</c> and per-row constants <c>[rows]</c>.</summary>
    /// <exception cref="HostException">A weight is -128.</exception>
    public QuantizedMatrix(int rows, int columns, sbyte[] weights, int[] bias, Multiplier[] scale)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.LongLength, (long)rows * columns);
        ArgumentOutOfRangeException.ThrowIfNotEqual(bias.Length, rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(scale.Length, rows);
        if (weights.AsSpan().IndexOf(sbyte.MinValue) is var at and >= 0)
            throw new HostException(
                $"weight [{at / columns}, {at % columns}] of a {rows} x {columns} matrix is -128; int8 weights must be -127..127, the range of the packed "
                    + "multipliers");
        (Rows, Columns, Weights, Bias, Scale) = (rows, columns, weights, bias, scale);
    }

    /// <summary>Number of outputs.</summary>
    public int Rows { get; }

    /// <summary>Number of inputs.</summary>
    public int Columns { get; }

    /// <summary>The weights, -127..127, row after row.</summary>
    public sbyte[] Weights { get; }

    /// <summary>Per row, in units of the accumulator; at most 2^30 in size.</summary>
    public int[] Bias { get; }

    /// <summary>Per row, from accumulator units to output units.</summary>
    public Multiplier[] Scale { get; }

    /// <summary>The weights of one row, <c>[columns]</c>.</summary>
    public ReadOnlySpan<sbyte> Row(int index) => Weights.AsSpan(index * Columns, Columns);
}
