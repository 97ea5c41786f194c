namespace LoopLynx.Accelerator;

/// <summary>A part of the head buffer's rows for one reader, with registers of its own for the addresses: an address loads every bit of a row.</summary>
/// <remarks>A read in every cycle, latency <see cref="Latency"/>.</remarks>
/// <param name="rows">Rows.</param>
/// <param name="row">Type of what the bank holds of a row; a lane is written at a time.</param>
public sealed class HeadBank(int rows, HdlType row) : Module
{
    /// <summary>Bits of a row that one bank holds, where a packet of results isn't wider.</summary>
    public const int Bits = 128;

    /// <summary>Cycles from an address to its row: the bank's copy of the address, the row.</summary>
    public const int Latency = 1 + ReadSyncLatency;

    /// <summary>Values are written in the next cycle.</summary>
    public readonly Signal Valid = Input(Bit);

    /// <summary>The row that is written in the next cycle.</summary>
    public readonly Signal WriteRow = Input(UInt(Sizes.AddressBits(rows)));

    /// <summary>Its values, a cycle after <see cref="Valid"/>.</summary>
    public readonly Signal Values = Input(row);

    /// <summary>The lanes that are written, with <see cref="Values"/>.</summary>
    public readonly Signal Mask = Input(Bit.Lanes(row.Lanes));

    /// <summary>Row wanted.</summary>
    public readonly Signal Address = Input(UInt(Sizes.AddressBits(rows)));

    /// <summary>The row asked for.</summary>
    public readonly Signal Row = Output(row);

    /// <inheritdoc/>
    public override string Summary => "a part of the head buffer";

    /// <inheritdoc/>
    public override bool IsKept => true;

    /// <inheritdoc/>
    protected override void Build()
    {
        Memory(out var values, row, rows, MemoryStyle.Distributed);
        values.Write(WriteRow.Registered(name: "writeRow"), Values, Valid.RegisteredReset(0, null, "valid"), Mask);
        Row.Drive(values.ReadSync(Address.Registered(name: "address"), name: "read"));
    }
}
