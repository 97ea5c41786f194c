namespace LoopLynx.Host;

/// <summary>Bytes dealt over the channels: byte i of a super-beat is byte i % L of channel i / L.</summary>
internal readonly ref struct SuperBeats(byte[][] channels, int lanes, long address)
{
    /// <summary>Byte <paramref name="index"/> counted from the first super-beat.</summary>
    public ref byte this[long index]
    {
        get
        {
            long super = (long)channels.Length * lanes, row = index / super, inRow = index % super;
            return ref channels[inRow / lanes][address + row * lanes + inRow % lanes];
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
            this[i] = bytes[i];
    }

    public void Read(Span<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = this[i];
    }
}
