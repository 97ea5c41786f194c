namespace LoopLynx.Accelerator;

/// <summary>Some lanes of the head buffer's rows, with addresses of their own: an address loads every bit of a row.</summary>
/// <remarks>Reads of all ports in every cycle, latency <see cref="Latency"/>.</remarks>
/// <param name="rows">Rows.</param>
/// <param name="row">Type of a row's lanes here.</param>
/// <param name="readers">Read ports.</param>
public sealed class HeadBank(int rows, HdlType row, int readers) : Module
{
    /// <summary>Bits of a row that one bank holds.</summary>
    public const int Bits = 128;

    /// <summary>Cycles from an address to its row: the bank's copy of the address, the row.</summary>
    public const int Latency = 1 + ReadSyncLatency;

    /// <summary>Values are written.</summary>
    public readonly Signal Valid = Input(Bit);

    /// <summary>Row to write.</summary>
    public readonly Signal Row = Input(UInt(Sizes.AddressBits(rows)));

    /// <summary>Its values.</summary>
    public readonly Signal Values = Input(row);

    /// <summary>The lanes that are written.</summary>
    public readonly Signal Mask = Input(Bit.Lanes(row.Lanes));

    /// <summary>Rows wanted.</summary>
    public readonly Signal[] Addresses = [.. Enumerable.Range(0, readers).Select(i => Input(UInt(Sizes.AddressBits(rows)), $"Address{i}"))];

    /// <summary>The rows asked for.</summary>
    public readonly Signal[] Rows = [.. Enumerable.Range(0, readers).Select(i => Output(row, $"Row{i}"))];

    /// <inheritdoc/>
    public override string Summary => $"{row.Lanes} lanes of the head buffer";

    /// <inheritdoc/>
    public override bool IsKept => true;

    /// <inheritdoc/>
    protected override void Build()
    {
        Memory(out var values, row, rows, MemoryStyle.Distributed);
        values.Write(Row, Values, Valid, Mask);
        for (var i = 0; i < readers; i++)
        {
            Rows[i].Drive(values.ReadSync(Addresses[i].Registered(name: $"address{i}"), name: $"read{i}"));
        }
    }
}
