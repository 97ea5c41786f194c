namespace LoopLynx.Contract;

/// <summary>
/// Where keys and values lie: for each layer, then each head of the node, its keys and then its values; on channels of their own, each in those.
/// </summary>
public sealed class CacheLayout
{
    private readonly MachineShape _machine;
    private readonly int _width;

    internal CacheLayout(ModelDescription model, MachineShape machine, long @base)
    {
        (_machine, _width, Base) = (machine, model.HeadWidth, @base);
        Layers = model.Layers;
        Heads = model.KvHeads / machine.Nodes;
        Context = model.Context;
        HeadLanes = Math.Min(_width, machine.KvRowBytes);
        PositionsPerRow = machine.KvRowBytes / HeadLanes;
        RowsPerPosition = _width / HeadLanes;
        Rows = RowsRead(Context);
    }

    /// <summary>Byte address of the cache in every channel: behind the weights, at the start of a page.</summary>
    public long Base { get; }

    /// <summary>Layers of the model.</summary>
    public int Layers { get; }

    /// <summary>Heads of K and V of the node.</summary>
    public int Heads { get; }

    /// <summary>Positions of the context.</summary>
    public int Context { get; }

    /// <summary>Lanes of a row that belong to one position of a head.</summary>
    public int HeadLanes { get; }

    /// <summary>Positions in a row.</summary>
    public int PositionsPerRow { get; }

    /// <summary>Rows that one position of a head takes; above 1 only where a head is wider than a row.</summary>
    public int RowsPerPosition { get; }

    /// <summary>Rows of one head's keys, or of its values, over the whole context.</summary>
    public long Rows { get; }

    /// <summary>Bytes of one head's keys, or of its values, in a channel that holds them.</summary>
    public long RegionBytes => Rows * _machine.LayoutBeatBytes;

    /// <summary>Bytes between the same rows of consecutive heads.</summary>
    public long HeadStride => Regions * RegionBytes;

    /// <summary>Byte address of the first head's values.</summary>
    public long ValueBase => Base + (_machine.SplitKv ? 0 : RegionBytes);

    /// <summary>The byte behind the cache, in every channel.</summary>
    public long End => Base + (Layers * Heads * HeadStride);

    /// <summary>Byte address, in every channel that holds it, of a row; the head is counted within the node.</summary>
    public long Address(int layer, int head, bool isValue, long row) =>
        (isValue ? ValueBase : Base) + ((((long)layer * Heads) + head) * HeadStride) + (row * _machine.LayoutBeatBytes);

    /// <summary>Where byte <paramref name="dimension"/> of a key or value of a position lies: the row of the head's area, and the byte in it.</summary>
    public (long Row, int Byte) Cell(bool isValue, int position, int dimension)
    {
        if (RowsPerPosition == 1)
        {
            return (position / PositionsPerRow, (position % PositionsPerRow * _width) + dimension);
        }

        // Values go part by part: token mixing needs one part of all positions before the next.
        var part = dimension / HeadLanes;
        var row = isValue ? ((long)part * Context) + position : ((long)position * RowsPerPosition) + part;
        return (row, dimension % HeadLanes);
    }

    /// <summary>Rows of keys (and as many of values) that hold the first positions of a head.</summary>
    public long RowsRead(int positions) => RowsPerPosition > 1 ? (long)positions * RowsPerPosition : ((long)positions + PositionsPerRow - 1) / PositionsPerRow;

    /// <summary>
    /// Rows that each channel delivers to one head for a token at a position: those of the keys and of the values, where they share channels.
    /// </summary>
    public long ChannelRows(int position) => Regions * RowsRead(position);

    private int Regions => _machine.SplitKv ? 1 : 2;
}
