namespace LoopLynx.Host;

/// <summary>A dense float32 matrix <c>[rows, columns]</c>, row-major; in a linear layer a row is an output.</summary>
public sealed class FloatMatrix
{
    /// <summary>Wraps <paramref name="data"/>, which has rows x columns elements.</summary>
    public FloatMatrix(int rows, int columns, float[] data)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(data.LongLength, (long)rows * columns);
        (Rows, Columns, Data) = (rows, columns, data);
    }

    /// <summary>Number of rows (outputs).</summary>
    public int Rows { get; }

    /// <summary>Number of columns (inputs).</summary>
    public int Columns { get; }

    /// <summary>The elements, row after row.</summary>
    public float[] Data { get; }

    /// <summary>Row <paramref name="index"/>, <c>[columns]</c>.</summary>
    public ReadOnlySpan<float> Row(int index) => Data.AsSpan(index * Columns, Columns);

    /// <summary>The transpose, in tiles that fit the cache.</summary>
    public FloatMatrix Transpose()
    {
        const int tile = 32;
        var result = new float[Data.Length];
        for (int r0 = 0; r0 < Rows; r0 += tile)
            for (int c0 = 0; c0 < Columns; c0 += tile)
                for (int r = r0; r < Math.Min(r0 + tile, Rows); r++)
                    for (int c = c0; c < Math.Min(c0 + tile, Columns); c++)
                        result[c * Rows + r] = Data[r * Columns + c];
        return new FloatMatrix(Columns, Rows, result);
    }
}
