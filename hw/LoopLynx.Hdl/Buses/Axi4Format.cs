namespace LoopLynx.Hdl;

/// <summary>Widths and optional signals of an AXI4 bus. What is left out is the constant that the standard gives it.</summary>
/// <param name="AddressBits">Bits of a byte address.</param>
/// <param name="DataBits">Bits of a beat: 8 to 1024, a power of two.</param>
/// <param name="IdBits">Bits of the transactions' numbers; 0: none.</param>
public sealed record Axi4Format(int AddressBits = 32, int DataBits = 32, int IdBits = 0)
{
    /// <summary>AxSIZE, the bytes of a beat. Without it: all of the bus.</summary>
    public bool HasSize { get; init; } = true;

    /// <summary>AxBURST. Without it: increment.</summary>
    public bool HasBurst { get; init; } = true;

    /// <summary>AxLOCK, exclusive accesses. Without it: normal ones.</summary>
    public bool HasLock { get; init; }

    /// <summary>AxCACHE. Without it: 0, not bufferable.</summary>
    public bool HasCache { get; init; }

    /// <summary>AxPROT. Without it: 0.</summary>
    public bool HasProtection { get; init; }

    /// <summary>AxQOS. Without it: 0.</summary>
    public bool HasQuality { get; init; }

    /// <summary>Reads: AR and R. Without them the port only writes.</summary>
    public bool HasReads { get; init; } = true;

    /// <summary>Writes: AW, W and B. Without them the port only reads.</summary>
    public bool HasWrites { get; init; } = true;

    /// <summary>The manager offers no data of a write before it offers its address. The standard allows that; not every subordinate does.</summary>
    public bool AddressesFirst { get; init; }

    /// <summary>Every burst increments, and every beat fills the bus.</summary>
    public bool FullBursts { get; init; }

    /// <summary>
    /// Lanes of a beat's data, lane 0 in the lowest bits, for example <c>SInt(8).Lanes(32)</c>: together <see cref="DataBits"/>. Null: one unsigned number.
    /// </summary>
    public HdlType? DataLanes { get; init; }

    /// <summary>Type of a beat's data.</summary>
    public HdlType Data => DataLanes ?? Hardware.UInt(DataBits);

    /// <summary>Bytes of a beat.</summary>
    public int Bytes => DataBits / 8;

    /// <summary>AxSIZE of a beat that fills the bus.</summary>
    public int FullSize => Sizes.CeilLog2(Bytes);
}
