namespace LoopLynx.Accelerator;

/// <summary>One word of each row's constants, for a few groups of rows: a group is written at once, the words are read in the order of the rows.</summary>
/// <remarks>
/// Latency <see cref="Latency"/>, a word a cycle. The processor holds credits for groups, and reads nothing that isn't written. Each word of a row has a store
/// of
/// its own, since the counters load every bit of it.
/// </remarks>
/// <param name="rows">Rows of a group.</param>
/// <param name="depth">Groups.</param>
public sealed class RowConstantStore(int rows, int depth) : Module
{
    /// <summary>Cycles from a request to its word.</summary>
    public const int Latency = 1;

    private static readonly HdlType WordType = UInt(Formats.ConstantBits);

    /// <summary>A group is written.</summary>
    public readonly Signal Writes = Input(Bit);

    /// <summary>Its rows' words.</summary>
    public readonly Signal Written = Input(WordType.Lanes(rows));

    /// <summary>The next row's word is wanted.</summary>
    public readonly Signal Reads = Input(Bit);

    /// <summary>The word.</summary>
    public readonly Signal Word = Output(WordType);

    /// <summary>1 for one cycle when a group's last row has been read.</summary>
    public readonly Signal Frees = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => $"words of {depth} groups of {rows} rows";

    /// <inheritdoc/>
    public override bool IsKept => true;

    /// <inheritdoc/>
    protected override void Build()
    {
        Memory(out var groups, WordType.Lanes(rows), depth, MemoryStyle.Distributed);
        Counter(out var tail, depth);
        groups.Write(tail.Value, Written, Writes);
        When(Writes, () => tail.Step());
        Counter(out var head, depth);
        Counter(out var row, rows);
        When(Reads, () =>
        {
            row.Step();
            When(row.IsLast, () => head.Step());
        });
        var group = groups.Read(head.Value);
        Word.Drive((rows == 1 ? group : group.SelectLanes(row.Value, 1)).Registered(name: "word"));
        Frees.Drive((Reads & row.IsLast).RegisteredReset(0));
    }
}
