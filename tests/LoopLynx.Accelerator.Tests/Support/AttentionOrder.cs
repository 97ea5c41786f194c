namespace LoopLynx.Accelerator.Tests.Support;

/// <summary>A phase of attention: the scores from a head's keys, or the mixing of its values.</summary>
internal readonly record struct Phase(int Head, bool IsValue);

/// <summary>The order in which attention takes keys and values, told plainly: what the sequencer and the address program must both do.</summary>
internal static class AttentionOrder
{
    /// <summary>Phases of a layer: with the pipeline the keys of a head come before the values of the head before.</summary>
    public static IEnumerable<Phase> Phases(NodeConfiguration c)
    {
        for (var head = 0; head < c.Heads; head++)
        {
            if (head == 0 || !c.HeadPipeline)
            {
                yield return new(head, IsValue: false);
            }

            if (c.HeadPipeline && head + 1 < c.Heads)
            {
                yield return new(head + 1, IsValue: false);
            }

            yield return new(head, IsValue: true);
        }
    }

    /// <summary>Rows of a head's keys or values that a token reads from memory, in order.</summary>
    public static IEnumerable<long> MemoryRows(NodeConfiguration c, MemoryLayout layout, bool isValue, int position)
    {
        var cells =
            from outer in Enumerable.Range(0, isValue ? c.RowsPerPosition : position)
            from inner in Enumerable.Range(0, isValue ? position : c.RowsPerPosition)
            let part = isValue ? outer : inner
            select layout.KvCell(isValue, isValue ? inner : outer, part * c.SuperBytes).Row;
        return cells.Distinct();
    }

    /// <summary>Channel addresses of a layer's keys and values, in the order of attention.</summary>
    public static IEnumerable<long> Addresses(NodeConfiguration c, MemoryLayout layout, int layer, int position) =>
        Phases(c).SelectMany(p => MemoryRows(c, layout, p.IsValue, position).Select(row => layout.KvAddress(layer, p.Head, p.IsValue, row)));

    /// <summary>Channel addresses of everything that a token reads.</summary>
    public static IEnumerable<long> TokenAddresses(NodeConfiguration c, MemoryLayout layout, int position)
    {
        IEnumerable<long> Weights(int layer, long from, long to) => Enumerable.Range(0, (int)(to - from)).Select(i => layout.LayerAddress(layer) + ((from + i) * c.Lanes));
        return Enumerable.Range(0, c.Layers).SelectMany(layer => (long[])
            [.. Weights(layer, 0, layout.Qkv.Section.End), .. Addresses(c, layout, layer, position), .. Weights(layer, layout.Qkv.Section.End, layout.LayerBeats)]);
    }

    /// <summary>The positions where something changes: none in memory, one, around a full row, and the last.</summary>
    public static IEnumerable<int> Positions(NodeConfiguration c) =>
        new[] { 0, 1, c.PositionsPerRow - 1, c.PositionsPerRow, c.PositionsPerRow + 1, c.Context - 1 }.Where(p => p < c.Context).Distinct().Order();
}
