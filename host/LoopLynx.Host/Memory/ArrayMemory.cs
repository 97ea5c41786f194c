namespace LoopLynx.Host;

/// <summary>Memory channels in arrays.</summary>
/// <param name="channels">Bytes by channel.</param>
public sealed class ArrayMemory(IReadOnlyList<byte[]> channels) : IMemoryContents
{
    /// <inheritdoc/>
    public int Channels => channels.Count;

    /// <inheritdoc/>
    public void Read(int channel, long address, Span<byte> target) => channels[channel].AsSpan(checked((int)address), target.Length).CopyTo(target);

    /// <inheritdoc/>
    public void Write(int channel, long address, ReadOnlySpan<byte> bytes) => bytes.CopyTo(channels[channel].AsSpan(checked((int)address), bytes.Length));
}
