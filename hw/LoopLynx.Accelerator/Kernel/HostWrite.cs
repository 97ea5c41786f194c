namespace LoopLynx.Accelerator;

/// <summary>A beat for the host's buffers: its byte address, and words of 32 bits.</summary>
public sealed record HostWrite(Signal Address, Signal Data)
{
    /// <summary>Bytes of a word.</summary>
    public const int WordBytes = 4;

    /// <summary>Field types.</summary>
    public static IReadOnlyList<HdlType> Types(NodeConfiguration c) => [UInt(MemoryPort.AddressBits), Words(c)];

    /// <summary>The words of a beat: one for each value of a packet.</summary>
    public static HdlType Words(NodeConfiguration c) => SInt(8 * WordBytes).Lanes(c.PacketLanes);

    /// <summary>Bytes of a beat.</summary>
    public static int Bytes(NodeConfiguration c) => WordBytes * c.PacketLanes;

    /// <summary>Bytes from a row of the buffers to the next: a vector, up to a power of two.</summary>
    public static int RowBytes(NodeConfiguration c) => 1 << Sizes.CeilLog2(WordBytes * c.Embed);

    /// <summary>The port of the host's buffers.</summary>
    public static Axi4Format Format(NodeConfiguration c) =>
        new(MemoryPort.AddressBits, 8 * Bytes(c)) { DataLanes = Words(c), AddressesFirst = true, FullBursts = true };
}
