namespace LoopLynx.Accelerator.Tests.Support;

/// <summary>A phase of attention: the scores from a head's keys, or the mixing of its values.</summary>
internal readonly record struct Phase(int Head, bool IsValue);

/// <summary>A row that a token reads: its address in each of the channels that hold it, and which those are.</summary>
internal readonly record struct RowRead(long Address, RunTarget Target);

/// <summary>The order in which attention takes keys and values, told plainly: what the sequencer and the address program must both do.</summary>
internal static class AttentionOrder
{
    /// <summary>Phases of a layer on one node: with the pipeline the keys of a head come before the values of the head before.</summary>
    public static IEnumerable<Phase> Phases(NodeConfiguration c)
    {
        for (var head = 0; head < c.NodeHeads; head++)
        {
            if (head == 0 || !c.HeadPipeline)
            {
                yield return new(head, IsValue: false);
            }

            if (c.HeadPipeline && head + 1 < c.NodeHeads)
            {
                yield return new(head + 1, IsValue: false);
            }

            yield return new(head, IsValue: true);
        }
    }

    /// <summary>The same, of one kind only: the order of channels that hold nothing else.</summary>
    public static IEnumerable<Phase> Phases(NodeConfiguration c, HeadPhases kind) =>
        Phases(c).Where(p => kind == HeadPhases.Both || p.IsValue == (kind == HeadPhases.Values));

    /// <summary>Rows of a head's keys or values that a token reads from memory, in order.</summary>
    public static IEnumerable<long> MemoryRows(NodeConfiguration c, MemoryMap map, bool isValue, int position)
    {
        var cells =
            from outer in Enumerable.Range(0, isValue ? c.RowsPerPosition : position)
            from inner in Enumerable.Range(0, isValue ? position : c.RowsPerPosition)
            let part = isValue ? outer : inner
            select map.Cache.Cell(isValue, isValue ? inner : outer, part * c.KvBytes).Row;
        return cells.Distinct();
    }

    /// <summary>A layer's keys and values, in the order of attention.</summary>
    public static IEnumerable<RowRead> Reads(NodeConfiguration c, MemoryMap map, int layer, int position)
    {
        RunTarget Target(bool isValue) => !c.SplitKv ? RunTarget.All : isValue ? RunTarget.Values : RunTarget.Keys;
        return Phases(c).SelectMany(p => MemoryRows(c, map, p.IsValue, position).Select(row => new RowRead(map.Cache.Address(layer, p.Head, p.IsValue, row), Target(p.IsValue))));
    }

    /// <summary>The rows of a layer's attention that are keys, or values, as the kernel takes them.</summary>
    public static IEnumerable<long> Addresses(NodeConfiguration c, MemoryMap map, int layer, int position, bool isValue) =>
        Phases(c).Where(p => p.IsValue == isValue).SelectMany(p => MemoryRows(c, map, isValue, position).Select(row => map.Cache.Address(layer, p.Head, isValue, row)));

    /// <summary>Weights and constants of a layer up to attention, and behind it.</summary>
    public static (IEnumerable<long> Before, IEnumerable<long> After) Weights(MemoryMap map, int layer)
    {
        IEnumerable<long> Rows(long from, long to) => Enumerable.Range(0, (int)(to - from)).Select(i => map.LayerAddress(layer) + ((from + i) * map.Machine.LayoutBeatBytes));
        return (Rows(0, map["QKV"].End), Rows(map["QKV"].End, map.LayerBeats));
    }

    /// <summary>Everything that a token reads.</summary>
    public static IEnumerable<RowRead> TokenReads(NodeConfiguration c, MemoryMap map, int position) =>
        Enumerable.Range(0, c.Layers).SelectMany(layer =>
        {
            var (before, after) = Weights(map, layer);
            return (RowRead[])[.. before.Select(a => new RowRead(a, RunTarget.All)), .. Reads(c, map, layer, position), .. after.Select(a => new RowRead(a, RunTarget.All))];
        });

    /// <summary>The positions where something changes: none in memory, one, around a full row, and the last.</summary>
    public static IEnumerable<int> Positions(NodeConfiguration c) =>
        new[] { 0, 1, c.PositionsPerRow - 1, c.PositionsPerRow, c.PositionsPerRow + 1, c.Context - 1 }.Where(p => p < c.Context).Distinct().Order();
}
