namespace LoopLynx.Host;

/// <summary>The bytes of memory channels. Addresses have 64 bits, so that a board's memory need not be an array.</summary>
public interface IMemoryContents
{
    /// <summary>Channels.</summary>
    int Channels { get; }

    /// <summary>Copies bytes of a channel.</summary>
    /// <param name="channel">The channel, from 0.</param>
    /// <param name="address">Byte address of the first one.</param>
    /// <param name="target">Receives them.</param>
    void Read(int channel, long address, Span<byte> target);

    /// <summary>Replaces bytes of a channel.</summary>
    /// <param name="channel">The channel, from 0.</param>
    /// <param name="address">Byte address of the first one.</param>
    /// <param name="bytes">The new bytes.</param>
    void Write(int channel, long address, ReadOnlySpan<byte> bytes);
}
