namespace LoopLynx.Contract;

/// <summary>
/// The order of the rows that make queries, keys and values, in one place for weights, hardware and golden model: head of K and V by head,
/// and in each the queries that share it, then its key, then its value, d rows each: [head][query 0 .. Q - 1, key, value][d].
/// </summary>
/// <param name="KvHeads">Heads of K and V.</param>
/// <param name="Queries">Q, queries that share a head.</param>
/// <param name="Width">d, the width of a head.</param>
public sealed record HeadRows(int KvHeads, int Queries, int Width)
{
    /// <summary>Vectors of one head: its queries, its key, its value.</summary>
    public int Parts => Queries + 2;

    /// <summary>The part that is the key.</summary>
    public int Key => Queries;

    /// <summary>The part that is the value.</summary>
    public int Value => Queries + 1;

    /// <summary>Rows in all.</summary>
    public int Rows => KvHeads * Parts * Width;

    /// <summary>First row of a vector: part <paramref name="part"/> of head <paramref name="head"/>.</summary>
    public int First(int head, int part) => ((head * Parts) + part) * Width;

    /// <summary>The kind of value that a row makes.</summary>
    public ValueKind KindOf(int row) => KindOfPart(row / Width % Parts);

    /// <summary>The kind of value that a part of a head is.</summary>
    public ValueKind KindOfPart(int part) => part < Key ? ValueKind.Query : part == Key ? ValueKind.Key : ValueKind.Value;
}
