namespace LoopLynx.Host;

/// <summary>Moves a golden model's keys and values into a node's memory channels, and back.</summary>
public static class KvCacheImage
{
    private delegate void Move(SuperBeats row, int at, Span<short> values);

    /// <summary>Writes the first positions of the cache into the channels.</summary>
    /// <param name="memory">The node's channels.</param>
    /// <param name="map">The memory map.</param>
    /// <param name="cache">All heads of the model.</param>
    /// <param name="positions">How many positions to write.</param>
    /// <param name="node">Which node's heads to write.</param>
    /// <param name="cancel">Ends the writing between heads.</param>
    public static void Write(IMemoryContents memory, MemoryMap map, KvCache cache, int positions, int node = 0, CancellationToken cancel = default) =>
        ForEachPart(memory, map, cache, positions, node, cancel, (row, at, values) =>
        {
            Span<byte> bytes = stackalloc byte[values.Length];
            for (int i = 0; i < values.Length; i++)
                bytes[i] = (byte)values[i];
            row.Write(bytes, at);
        });

    /// <summary>Reads the first positions of the node's heads from the channels into the cache.</summary>
    /// <param name="memory">The node's channels.</param>
    /// <param name="map">The memory map.</param>
    /// <param name="cache">Receives the node's heads.</param>
    /// <param name="positions">How many positions to read.</param>
    /// <param name="node">Which node the channels belong to.</param>
    /// <param name="cancel">Ends the reading between heads.</param>
    public static void Read(IMemoryContents memory, MemoryMap map, KvCache cache, int positions, int node = 0, CancellationToken cancel = default)
    {
        ForEachPart(memory, map, cache, positions, node, cancel, (row, at, values) =>
        {
            Span<byte> bytes = stackalloc byte[values.Length];
            row.Read(bytes, at);
            for (int i = 0; i < values.Length; i++)
                values[i] = (sbyte)bytes[i];
        });
        cache.Length = positions;
    }

    /// <summary>Moves the values that lie in one row of the cache, a position of a head or a part of it, at once.</summary>
    private static void ForEachPart(IMemoryContents memory, MemoryMap map, KvCache cache, int positions, int node, CancellationToken cancel, Move move)
    {
        CacheLayout layout = map.Cache;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(positions, layout.Context);
        int width = layout.HeadLanes * layout.RowsPerPosition;
        for (int layer = 0; layer < layout.Layers; layer++)
            for (int head = 0; head < layout.Heads; head++)
                foreach (bool isValue in (ReadOnlySpan<bool>)[false, true])
                {
                    cancel.ThrowIfCancellationRequested();
                    (int first, int count) = map.Machine.KvChannelsOf(isValue);
                    int modelHead = node * layout.Heads + head;
                    Span<short> values = isValue ? cache.Values(layer, modelHead) : cache.Keys(layer, modelHead);
                    for (int i = 0; i < positions * width; i += layout.HeadLanes)
                    {
                        (long row, int at) = layout.Cell(isValue, i / width, i % width);
                        var place = new SuperBeats(memory, first, count, map.Machine.LayoutBeatBytes, layout.Address(layer, head, isValue, row));
                        move(place, at, values.Slice(i, layout.HeadLanes));
                    }
                }
    }
}
