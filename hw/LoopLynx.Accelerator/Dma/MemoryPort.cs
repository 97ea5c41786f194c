using System.Runtime.CompilerServices;

namespace LoopLynx.Accelerator;

/// <summary>The AXI4 port of one HBM pseudo-channel: the library's bus, and what the node fixes of it.</summary>
/// <remarks>
/// Incrementing bursts of full beats, one number, at most 16 beats for a read and one for a write; a write's data is offered together with its address.
/// A beat is lanes of one byte; lane 0 has the lowest address.
/// </remarks>
public static class MemoryPort
{
    /// <summary>Bits of a byte address on the port.</summary>
    public const int AddressBits = 64;

    /// <summary>Bits of a byte address inside a channel, which the node computes with: 256 MiB need 28. The port's other bits are 0.</summary>
    public const int ChannelAddressBits = 32;

    /// <summary>Most reads, and most writes, that may wait for their answers.</summary>
    public const int MostOutstanding = 128;

    /// <summary>The bus.</summary>
    public static Axi4Format Format(NodeConfiguration c) =>
        new(AddressBits, c.Lanes * 8) { DataLanes = c.Types.MemoryByte.Lanes(c.Lanes), AddressesFirst = true, FullBursts = true };

    /// <summary>One port for each channel: <c>name0</c>, <c>name1</c>, ...</summary>
    public static Axi4[] Ports(int count, NodeConfiguration c, [CallerMemberName] string name = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        [.. Enumerable.Range(0, count).Select(i => Axi4.Manager(Format(c), $"{name}{i}", file, line))];
}
