namespace LoopLynx.Host;

/// <summary>Bytes dealt over some channels: byte i of a super-beat is byte i % L of channel i / L.</summary>
/// <param name="memory">All channels.</param>
/// <param name="first">The first of those that the bytes are dealt over.</param>
/// <param name="count">How many those are.</param>
/// <param name="beatBytes">L, bytes of a channel's row beat.</param>
/// <param name="address">Byte address, in each of the channels, of the first super-beat.</param>
internal readonly struct SuperBeats(IMemoryContents memory, int first, int count, int beatBytes, long address)
{
    /// <summary>Writes bytes from a place on that is counted from the first super-beat.</summary>
    public void Write(ReadOnlySpan<byte> bytes, long at = 0)
    {
        for (var done = 0; done < bytes.Length;)
        {
            var (channel, where, room) = Cell(at + done);
            var part = bytes.Slice(done, Math.Min(room, bytes.Length - done));
            memory.Write(channel, where, part);
            done += part.Length;
        }
    }

    /// <summary>Reads bytes from a place on that is counted from the first super-beat.</summary>
    public void Read(Span<byte> bytes, long at = 0)
    {
        for (var done = 0; done < bytes.Length;)
        {
            var (channel, where, room) = Cell(at + done);
            var part = bytes.Slice(done, Math.Min(room, bytes.Length - done));
            memory.Read(channel, where, part);
            done += part.Length;
        }
    }

    /// <summary>Where a byte lies, and how many lie in one piece from there on.</summary>
    private (int Channel, long Address, int Room) Cell(long index)
    {
        var super = (long)count * beatBytes;
        var (row, inRow) = (index / super, (int)(index % super));
        return (first + (inRow / beatBytes), address + (row * beatBytes) + (inRow % beatBytes), beatBytes - (inRow % beatBytes));
    }
}
