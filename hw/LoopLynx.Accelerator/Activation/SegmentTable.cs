namespace LoopLynx.Accelerator;

/// <summary>One value's copy of the activation function's tables: rows of entries are written, one entry is read.</summary>
/// <remarks>Latency <see cref="Latency"/>, an entry a cycle.</remarks>
/// <param name="rows">Rows of all tables.</param>
/// <param name="banks">Entries of a row.</param>
public sealed class SegmentTable(int rows, int banks) : Module
{
    /// <summary>Cycles from a number to its entry: the address, and the entry.</summary>
    public const int Latency = 2;

    private static readonly HdlType Entry = UInt(8 * Unary.SegmentBytes);

    /// <summary>A row comes.</summary>
    public readonly Signal Writes = Input(Bit);

    /// <summary>Its number.</summary>
    public readonly Signal WrittenRow = Input(UInt(Sizes.AddressBits(rows)));

    /// <summary>Its entries.</summary>
    public readonly Signal Written = Input(Entry.Lanes(banks));

    /// <summary>Number of the entry wanted.</summary>
    public readonly Signal Number = Input(UInt(Sizes.AddressBits(rows) + Sizes.CeilLog2(banks)));

    /// <summary>The entry.</summary>
    public readonly Signal Read = Output(Entry);

    /// <inheritdoc/>
    public override string Summary => $"table of {rows * banks} pieces of an activation function";

    /// <inheritdoc/>
    protected override void Build()
    {
        var bankBits = Sizes.CeilLog2(banks);
        Memory(out var table, Entry.Lanes(banks), rows, MemoryStyle.Distributed);
        table.Write(WrittenRow, Written, Writes);
        Let(out var number, Number.Registered());
        var row = table.Read(number >> bankBits);
        Read.Drive((bankBits == 0 ? row : row.SelectLanes(number.Slice(0, bankBits), 1)).Registered(name: "entry"));
    }
}
