namespace LoopLynx.Host;

/// <summary>Moves a golden model's keys and values into a node's memory channels, and back.</summary>
public static class KvCacheImage
{
    /// <summary>Writes the first positions of the cache into the channels.</summary>
    /// <param name="channels">The node's channels, <c>[C][ChannelBytes]</c>.</param>
    /// <param name="layout">The layout.</param>
    /// <param name="cache">All heads of the model.</param>
    /// <param name="positions">How many positions to write.</param>
    /// <param name="node">Which node's heads to write.</param>
    /// <param name="cancel">Ends the writing between heads.</param>
    public static void Write(byte[][] channels, MemoryLayout layout, KvCache cache, int positions, int node = 0, CancellationToken cancel = default) =>
        ForEachCell(channels, layout, cache, positions, node, static (ref byte memory, ref sbyte value) => memory = (byte)value, cancel);

    /// <summary>Reads the first positions of the node's heads from the channels into the cache.</summary>
    /// <param name="channels">The node's channels, <c>[C][ChannelBytes]</c>.</param>
    /// <param name="layout">The layout.</param>
    /// <param name="cache">Receives the node's heads.</param>
    /// <param name="positions">How many positions to read.</param>
    /// <param name="node">Which node the channels belong to.</param>
    /// <param name="cancel">Ends the reading between heads.</param>
    public static void Read(byte[][] channels, MemoryLayout layout, KvCache cache, int positions, int node = 0, CancellationToken cancel = default)
    {
        ForEachCell(channels, layout, cache, positions, node, static (ref byte memory, ref sbyte value) => value = (sbyte)memory, cancel);
        cache.Length = positions;
    }

    private delegate void Move(ref byte memory, ref sbyte value);

    private static void ForEachCell(byte[][] channels, MemoryLayout layout, KvCache cache, int positions, int node, Move move, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(positions, layout.Shape.Context);
        int d = layout.Shape.HeadDim;
        for (int layer = 0; layer < layout.Shape.Layers; layer++)
            for (int head = 0; head < layout.Heads; head++)
                for (int kind = 0; kind < 2; kind++)
                {
                    cancel.ThrowIfCancellationRequested();
                    bool isValue = kind == 1;
                    int modelHead = node * layout.Heads + head;
                    (int first, int count) = layout.KvChannelsOf(isValue);
                    byte[][] holders = channels[first..(first + count)];
                    Span<sbyte> cells = isValue ? cache.Values(layer, modelHead) : cache.Keys(layer, modelHead);
                    for (int i = 0; i < positions * d; i++)
                    {
                        (long row, int at) = layout.KvCell(isValue, i / d, i % d);
                        var memory = new SuperBeats(holders, layout.Lanes, layout.KvAddress(layer, head, isValue, row));
                        move(ref memory[at], ref cells[i]);
                    }
                }
    }
}
