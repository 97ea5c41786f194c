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

    /// <summary>Name of the tensor in its file, for messages.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether the file holds the transpose.</summary>
    public bool IsTransposed { get; private init; }

    /// <summary>Whether the file holds it as a vector: its elements have one index.</summary>
    internal bool IsVector { get; init; }

    /// <summary>The file's row of each row, or, of a vector, the file's element of each; null: the same.</summary>
    internal int[]? FileOrder { get; init; }

    /// <summary>The elements, row after row.</summary>
    public float[] Data { get; }

    /// <summary>Row <paramref name="index"/>, <c>[columns]</c>.</summary>
    public ReadOnlySpan<float> Row(int index) => Data.AsSpan(index * Columns, Columns);

    /// <summary>The element of a row with the largest magnitude as messages name it: tensor, place in the file, value.</summary>
    public string Largest(int row)
    {
        ReadOnlySpan<float> values = Row(row);
        int column = 0;
        for (int c = 1; c < values.Length; c++)
            if (Math.Abs(values[c]) > Math.Abs(values[column]))
                column = c;
        int InFile(int index) => FileOrder is null ? index : FileOrder[index];
        string place = IsVector ? $"{InFile(column)}" : IsTransposed ? $"{column}, {InFile(row)}" : $"{InFile(row)}, {column}";
        return FormattableString.Invariant($"tensor \"{Name}\" element [{place}] = {values[column]:G4}");
    }

    /// <summary>The largest magnitude in a row.</summary>
    internal float Magnitude(int row)
    {
        float largest = 0;
        foreach (float value in Row(row))
            largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }

    /// <summary>The matrix with its rows in another order.</summary>
    /// <param name="data">The rows in that order.</param>
    /// <param name="order">This matrix's row of each.</param>
    internal FloatMatrix Reordered(float[] data, int[] order) => new(Rows, Columns, data) { Name = Name, IsTransposed = IsTransposed, FileOrder = order };

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
        return new FloatMatrix(Columns, Rows, result) { Name = Name, IsTransposed = !IsTransposed };
    }
}
