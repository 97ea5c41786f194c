namespace LoopLynx.Host;

/// <summary>
/// Where everything lies in a node's memory channels: arithmetic only, no bytes. Specified in docs/formats.md. A beat is L bytes of one
/// channel; a super-beat is the same beat of all C channels, C * L bytes, channel 0 first.
/// </summary>
public sealed class MemoryLayout
{
    /// <summary>Capacity of a channel in bytes: an HBM pseudo-channel of the U50.</summary>
    public const long ChannelCapacity = 256L << 20;

    /// <summary>Alignment of the KV cache in bytes: a burst must not cross a 4 KiB boundary.</summary>
    public const int KvAlignment = 4096;

    private const int ConstantBytes = 8, ScalarBytes = 16;

    private long cursor;

    /// <summary>Plans the memory of one node; all nodes are alike.</summary>
    /// <param name="shape">The model.</param>
    /// <param name="channels">C, channels of the node.</param>
    /// <param name="lanes">L, bytes of a channel's beat: a power of two, at least 4.</param>
    /// <param name="nodes">Nodes that share the model; each owns 1/nodes of the rows of every matrix and of the heads.</param>
    /// <param name="kvChannels">Channels that hold keys, and as many behind them that hold values; 0: both lie across all channels.</param>
    /// <exception cref="HostException">The shape does not divide as the format needs, or does not fit.</exception>
    public MemoryLayout(ModelShape shape, int channels, int lanes, int nodes = 1, int kvChannels = 0)
    {
        (Shape, Channels, Lanes, Nodes, KvChannels) = (shape, channels, lanes, nodes, kvChannels);
        MemoryLayoutRules.CheckShape(this);
        Heads = shape.Heads / nodes;

        Norm1 = Constants(4L * shape.Embed);
        Norm2 = Constants(4L * shape.Embed);
        Gelu = Constants(4L * GeluTable.Segments);
        HeadConstants = Constants((long)ConstantBytes * Heads);
        Scalars = Constants(ScalarBytes);
        Qkv = Matrix(3 * shape.Embed / nodes, shape.Embed);
        Output = Matrix(shape.Embed / nodes, shape.Embed);
        FeedForward1 = Matrix(shape.FeedForward / nodes, shape.Embed);
        FeedForward2 = Matrix(shape.Embed / nodes, shape.FeedForward);
        LayerBeats = cursor;

        int d = shape.HeadDim;
        PositionsPerRow = KvRowBytes / d;
        BeatsPerPosition = d > KvRowBytes ? d / KvRowBytes : 0;
        KvRows = PositionsPerRow > 0 ? (shape.Context + PositionsPerRow - 1) / PositionsPerRow : (long)shape.Context * BeatsPerPosition;
        KvBase = (WeightBeats * lanes + KvAlignment - 1) / KvAlignment * KvAlignment;
        ChannelBytes = KvBase + shape.Layers * Heads * RegionsPerHead * KvRows * lanes;
        MemoryLayoutRules.CheckCapacity(this);
    }

    /// <summary>The model.</summary>
    public ModelShape Shape { get; }

    /// <summary>C: memory channels of a node.</summary>
    public int Channels { get; }

    /// <summary>L: bytes of a channel's beat.</summary>
    public int Lanes { get; }

    /// <summary>Nodes that share the model.</summary>
    public int Nodes { get; }

    /// <summary>Heads of a node.</summary>
    public int Heads { get; }

    /// <summary>Channels that hold keys, and as many behind them that hold values; 0: both lie across all channels.</summary>
    public int KvChannels { get; }

    /// <summary>Bytes of a row of the KV cache: a super-beat, or the part of it that the channels of keys (or of values) deliver.</summary>
    public int KvRowBytes => (KvChannels == 0 ? Channels : KvChannels) * Lanes;

    /// <summary>C * L: bytes that all channels deliver in a cycle.</summary>
    public int SuperBeatBytes => Channels * Lanes;

    /// <summary>Constants of the first layer norm: per channel of the model, gamma and beta.</summary>
    public MemorySection Norm1 { get; }

    /// <summary>Constants of the second layer norm.</summary>
    public MemorySection Norm2 { get; }

    /// <summary>The GELU table: per segment, base and slope.</summary>
    public MemorySection Gelu { get; }

    /// <summary>Per head of the node, score and context multiplier.</summary>
    public MemorySection HeadConstants { get; }

    /// <summary>G1, G2 and epsilon.</summary>
    public MemorySection Scalars { get; }

    /// <summary>Queries, keys and values, head by head.</summary>
    public MatrixSection Qkv { get; }

    /// <summary>Attention's output projection.</summary>
    public MatrixSection Output { get; }

    /// <summary>The up projection.</summary>
    public MatrixSection FeedForward1 { get; }

    /// <summary>The down projection.</summary>
    public MatrixSection FeedForward2 { get; }

    /// <summary>Beats of a layer's constants and weights, per channel.</summary>
    public long LayerBeats { get; }

    /// <summary>Beats of all layers' constants and weights, per channel; read once per token, from address 0 upwards.</summary>
    public long WeightBeats => Shape.Layers * LayerBeats;

    /// <summary>Byte address of the KV cache in every channel.</summary>
    public long KvBase { get; }

    /// <summary>P: positions in a row of the KV cache; 0 when a position is wider than a row.</summary>
    public int PositionsPerRow { get; }

    /// <summary>Rows of a position that is wider than one; 0 when positions share rows.</summary>
    public int BeatsPerPosition { get; }

    /// <summary>Super-beats reserved for one head's keys, and as many for its values.</summary>
    public long KvRows { get; }

    /// <summary>Bytes of a channel: weights and KV cache.</summary>
    public long ChannelBytes { get; }

    /// <summary>Byte address, in every channel, of a layer's stream.</summary>
    public long LayerAddress(int layer) => layer * LayerBeats * Lanes;

    /// <summary>Byte address, in every channel, of a super-beat of the KV cache; the head is counted within the node.</summary>
    public long KvAddress(int layer, int head, bool isValue, long row) =>
        KvBase + (((layer * Heads + head) * RegionsPerHead + (isValue && KvChannels == 0 ? 1 : 0)) * KvRows + row) * Lanes;

    /// <summary>The first channel with keys, or with values, and how many there are.</summary>
    public (int First, int Count) KvChannelsOf(bool isValue) => KvChannels == 0 ? (0, Channels) : (isValue ? KvChannels : 0, KvChannels);

    /// <summary>
    /// Where byte <paramref name="dimension"/> of a key or value of a position lies: the super-beat of the head's area, and the byte in it.
    /// </summary>
    public (long Row, int Byte) KvCell(bool isValue, int position, int dimension)
    {
        if (PositionsPerRow > 0)
            return (position / PositionsPerRow, position % PositionsPerRow * Shape.HeadDim + dimension);
        int chunk = dimension / KvRowBytes;

        // Values go chunk by chunk: token mixing needs one chunk of all positions before the next.
        long row = isValue ? (long)chunk * Shape.Context + position : (long)position * BeatsPerPosition + chunk;
        return (row, dimension % KvRowBytes);
    }

    /// <summary>Super-beats of keys (and as many of values) that one head reads for a token: those of positions below its own.</summary>
    public long KvRowsRead(int position) =>
        PositionsPerRow > 0 ? (position + PositionsPerRow - 1) / PositionsPerRow : (long)position * BeatsPerPosition;

    /// <summary>Beats that each channel reads for a token at a position: all weights, and the keys and values of earlier positions (the first channels, where only some hold them).</summary>
    public long BeatsRead(int position) => WeightBeats + Shape.Layers * Heads * RegionsPerHead * KvRowsRead(position);

    private long RegionsPerHead => KvChannels == 0 ? 2 : 1;

    private MemorySection Constants(long bytes) => Take((bytes + SuperBeatBytes - 1) / SuperBeatBytes);

    private MatrixSection Matrix(int rows, int columns)
    {
        int groupRows = MemoryLayoutRules.GroupRows(this), constantBeats = Math.Max(1, ConstantBytes / Lanes), rowBeats = columns / Lanes;
        long groups = rows / Channels / groupRows;
        return new MatrixSection(Take(groups * (constantBeats + groupRows * rowBeats)), rows, columns, groupRows, constantBeats, rowBeats);
    }

    private MemorySection Take(long beats)
    {
        var section = new MemorySection(cursor, beats);
        cursor += beats;
        return section;
    }
}
