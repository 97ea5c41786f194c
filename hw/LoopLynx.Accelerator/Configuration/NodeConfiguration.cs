using System.Numerics;

namespace LoopLynx.Accelerator;

/// <summary>Everything that a node is generated from. <see cref="Presets"/> are values of this record; nothing else decides about the hardware.</summary>
/// <remarks>A <em>beat</em> is what a memory port delivers in a cycle (<c>Lanes</c> bytes); a slice takes a <em>row beat</em> of <c>Columns</c> of them at once.</remarks>
/// <param name="Layers">Transformer blocks.</param>
/// <param name="Heads">Attention heads of the model; a node owns <c>Heads / Nodes</c>.</param>
/// <param name="Embed">Width of the residual stream (E).</param>
/// <param name="FeedForward">Width between the two feed-forward projections.</param>
/// <param name="Context">Positions that the KV cache holds.</param>
/// <param name="Channels">HBM pseudo-channels, one MP slice each; a power of two.</param>
/// <param name="Lanes">int8 values in a channel's beat; a power of two, at least 4.</param>
public sealed record NodeConfiguration(int Layers, int Heads, int Embed, int FeedForward, int Context, int Channels = 8, int Lanes = 32)
{
    /// <summary>Nodes on the ring; each owns 1/Nodes of every matrix's rows and of the heads.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>Beats that a slice can take in one cycle. With 2 or more the array is wider than the memory and catches up after a stall.</summary>
    public int Columns { get; init; } = 1;

    /// <summary>Values that are requantised, sent, added, normalised and written back in a cycle; 0: one a channel.</summary>
    public int WriteBackLanes { get; init; }

    /// <summary>Channels that hold K, and as many that hold V; 0: both lie across all channels.</summary>
    public int KvChannels { get; init; }

    /// <summary>Whether the DMA runs ahead of the stages; without, a stage's reads begin with the stage, and every stage drains.</summary>
    public bool RunAhead { get; init; } = true;

    /// <summary>Whether the scores of head i + 1 are computed before the token mixing of head i, so that softmax hides under them.</summary>
    public bool HeadPipeline { get; init; } = true;

    /// <summary>Whether results are added to the residual, and its sums gathered, as they stream in; without, both are passes of their own.</summary>
    public bool FusedNorm { get; init; } = true;

    /// <summary>Whether a block's results go round the ring while the next block is computed; without, they wait until the stage's last result is there.</summary>
    public bool TransmissionHiding { get; init; } = true;

    /// <summary>Whether q, k and v stay on the node that owns their head; without, they go round the ring like all results.</summary>
    public bool LocalQkv { get; init; } = true;

    /// <summary>Whether every node normalises the whole vector; without, each normalises its part, and the parts go round the ring.</summary>
    public bool WholeNorm { get; init; } = true;

    /// <summary>Each node normalises a part only.</summary>
    public bool SharesNorm => !WholeNorm && Nodes > 1;

    /// <summary>Beats that a channel's prefetch FIFO holds; the DMA runs that far ahead of compute.</summary>
    public int PrefetchBeats { get; init; } = 512;

    /// <summary>Storage of the prefetch FIFO.</summary>
    public MemoryStyle PrefetchStyle { get; init; } = MemoryStyle.Block;

    /// <summary>Packets that a ring link's FIFO holds; 0: as many as <see cref="FifoDepths.Link"/> derives.</summary>
    public int LinkDepth { get; init; }

    /// <summary>Register levels of a ring link, each way with its own ready.</summary>
    public int LinkLatency { get; init; } = 1;

    /// <summary>Packets of a round: a node sends that many of its own, then forwards as many of its predecessor's, and so on.</summary>
    public int RingBlock { get; init; } = 1;

    /// <summary>Multipliers of a slice: bytes of a channel's row beat.</summary>
    public int SliceLanes => Lanes * Columns;

    /// <summary>Values in a packet of results.</summary>
    public int PacketLanes => WriteBackLanes == 0 ? Channels : WriteBackLanes;

    /// <summary>Heads of a node.</summary>
    public int NodeHeads => Heads / Nodes;

    /// <summary>Dimensions of a head.</summary>
    public int HeadDim => Embed / Heads;

    /// <summary>Bytes of a super-beat: one row beat of every channel.</summary>
    public int SuperBytes => Channels * SliceLanes;

    /// <summary>K and V lie on channels of their own and are read at the same time.</summary>
    public bool SplitKv => KvChannels != 0;

    /// <summary>Bytes of K, or of V, that attention takes in a cycle: one row of the KV cache.</summary>
    public int KvBytes => SplitKv ? KvChannels * SliceLanes : SuperBytes;

    /// <summary>Lanes of a KV row that belong to one position of a head.</summary>
    public int HeadLanes => Math.Min(HeadDim, KvBytes);

    /// <summary>Positions in a row of the KV cache.</summary>
    public int PositionsPerRow => KvBytes / HeadLanes;

    /// <summary>KV rows that one position of a head takes; above 1 only when a head is wider than a row.</summary>
    public int RowsPerPosition => HeadDim / HeadLanes;

    /// <summary>KV rows of one head's K or V over the whole context.</summary>
    public int KvRows => RowsPerPosition > 1 ? Context * RowsPerPosition : (Context + PositionsPerRow - 1) / PositionsPerRow;

    /// <summary>Rows of a channel that share one block of requantisation constants: as many as a row beat has room for and as divide every matrix.</summary>
    public int RowsPerGroup => new[] { Embed, 3 * Embed, FeedForward }.Aggregate(Math.Max(1, SliceLanes / ConstantBytes), (rows, size) => (int)BigInteger.GreatestCommonDivisor(rows, Math.Max(1, size / Nodes / Channels)));

    /// <summary>Row beats of a block of requantisation constants.</summary>
    public int ConstantBeats => Math.Max(1, ConstantBytes / SliceLanes);

    /// <summary>Bytes of one row's requantisation constants: bias, multiplier and shift.</summary>
    public const int ConstantBytes = 8;

    /// <summary>Super-beats of a layer's normalisation parameters (one layer norm): 4 bytes an element.</summary>
    public int NormBeats => SuperBeats(4 * Embed);

    /// <summary>Super-beats of the GELU table.</summary>
    public int GeluBeats => SuperBeats(4 * GeluSegments);

    /// <summary>Super-beats of the heads' constants.</summary>
    public int HeadConstantBeats => SuperBeats(8 * NodeHeads);

    /// <summary>Super-beats of the layer's scalars.</summary>
    public int ScalarBeats => SuperBeats(16);

    /// <summary>Segments of the piecewise linear GELU.</summary>
    public const int GeluSegments = 256;

    /// <summary>Super-beats of all constants of a layer.</summary>
    public int LayerConstantBeats => (2 * NormBeats) + GeluBeats + HeadConstantBeats + ScalarBeats;

    /// <summary>Super-beats of a node's part of a matrix of <paramref name="rows"/> x <paramref name="columns"/>, constants included.</summary>
    public int MatrixBeats(int rows, int columns) => rows / Nodes / Channels / RowsPerGroup * (ConstantBeats + (RowsPerGroup * columns / SliceLanes));

    /// <summary>Super-beats of a layer's weights and constants.</summary>
    public int LayerBeats => LayerConstantBeats + MatrixBeats(3 * Embed, Embed) + MatrixBeats(Embed, Embed) + MatrixBeats(FeedForward, Embed) + MatrixBeats(Embed, FeedForward);

    /// <summary>Super-beats of all weights and constants: the length of each channel's sequential stream.</summary>
    public long WeightBeats => (long)Layers * LayerBeats;

    /// <summary>Byte address of the KV cache in each channel: after the weights, on 4 KiB.</summary>
    public long KvBase => (WeightBeats * SliceLanes + 4095) / 4096 * 4096;

    /// <summary>Bytes of one head's K or V in a channel that holds it.</summary>
    public int KvRegionBytes => KvRows * SliceLanes;

    /// <summary>Bytes between the same rows of consecutive heads: K and V of a head lie one behind the other, unless they lie on different channels.</summary>
    public int KvHeadStride => (SplitKv ? 1 : 2) * KvRegionBytes;

    /// <summary>Bytes that a channel holds: weights and KV cache.</summary>
    public long ChannelBytes => KvBase + ((long)Layers * NodeHeads * KvHeadStride);

    /// <summary>KV rows that hold the positions before <paramref name="position"/>, of one head's K or V.</summary>
    public long KvRowsRead(int position) => RowsPerPosition > 1 ? (long)position * RowsPerPosition : (position + PositionsPerRow - 1) / PositionsPerRow;

    /// <summary>
    /// Cycles that the memory of a node needs at least for a token at <paramref name="position"/>, at one beat a cycle and channel: int8 weights and the cached K and V, spread over all channels, no constants.
    /// The roofline of an ideal memory.
    /// </summary>
    public long RooflineBeats(int position)
    {
        var beatBytes = Channels * Lanes;
        var weights = (long)Layers * Embed * ((4L * Embed) + (2L * FeedForward)) / beatBytes / Nodes;
        return weights + (2L * Layers * NodeHeads * ((((long)position * HeadDim) + beatBytes - 1) / beatBytes));
    }

    /// <summary>Checks every rule; the first broken one is thrown.</summary>
    /// <exception cref="ConfigurationException">A size doesn't divide, or doesn't fit.</exception>
    public NodeConfiguration Validated()
    {
        Require(Layers >= 1 && Heads >= 1 && Embed >= 1 && FeedForward >= 1 && Context >= 2, $"layers {Layers}, heads {Heads}, embed {Embed}, feed-forward {FeedForward} must be at least 1 and the context {Context} at least 2");
        Require(Context <= 1 << 16, $"a context of {Context} positions is more than the {1 << 16} that the position port carries");
        Require(Nodes is >= 1 and <= 8, $"a ring of {Nodes} nodes: use 1 to 8", advises: true);
        Require(BitOperations.IsPow2(Channels) && BitOperations.IsPow2(Lanes) && Lanes >= 4, $"channels ({Channels}) and lanes ({Lanes}) must be powers of two, and lanes at least 4");
        Require(BitOperations.IsPow2(Columns) && Columns <= 8, $"columns ({Columns}) must be 1, 2, 4 or 8");
        Require(Lanes % Channels == 0, $"channels ({Channels}) must not exceed lanes ({Lanes}): results of all slices go into one row of the activation buffer");
        Require(SuperBytes >= 8, $"channels x lanes ({Channels} x {SliceLanes}) must be at least 8 bytes, the size of a head's constants");
        Require(BitOperations.IsPow2(PacketLanes) && PacketLanes <= Channels, $"write-back lanes ({PacketLanes}) must be a power of two and at most the channels ({Channels})");
        Require(KvChannels == 0 || (BitOperations.IsPow2(KvChannels) && 2 * KvChannels <= Channels), $"K on {KvChannels} and V on {KvChannels} channels don't fit {Channels} channels, or aren't powers of two");
        Require(Embed % Heads == 0, $"embed {Embed} is not divisible by {Heads} heads");
        Require(Heads % Nodes == 0, $"{Heads} heads are not divisible by {Nodes} nodes: use a number of nodes that divides the heads", advises: true);
        Require(Embed % SliceLanes == 0, $"embed {Embed} is not divisible by {SliceLanes} lanes{ColumnsNote}");
        Require(FeedForward % SliceLanes == 0, $"feed-forward {FeedForward} is not divisible by {SliceLanes} lanes{ColumnsNote}");
        foreach (var (name, rows) in new[] { ("QKV", 3 * Embed), ("O", Embed), ("FC1", FeedForward), ("FC2", Embed) })
        {
            Require(rows % (Nodes * Channels) == 0, $"the {rows} rows of {name} are not divisible by {Nodes} nodes x {Channels} channels");
        }

        Require(KvBytes % HeadDim == 0 || HeadDim % KvBytes == 0, $"a head of {HeadDim} dimensions doesn't divide, and isn't a multiple of, the {KvBytes} bytes of a row of the KV cache");
        Require(HeadLanes % PacketLanes == 0, $"a head of {HeadDim} dimensions is not divisible by {PacketLanes} lanes of write-back");
        Require(FeedForward <= 1 << 14 && Embed <= 1 << 13, $"embed {Embed} or feed-forward {FeedForward} is too wide for the 32-bit accumulators");
        Require(ChannelBytes <= 256L << 20, $"a channel needs {ChannelBytes} bytes, an HBM pseudo-channel has {256L << 20}: use more nodes or channels, or a smaller model", advises: true);
        Require(PrefetchBeats >= 32, $"the prefetch FIFO ({PrefetchBeats} beats) must hold at least two bursts of 16");
        Require(LinkDepth >= 0 && LinkLatency >= 0, $"a ring link needs a FIFO of at least 1 packet and a latency of at least 0 ({LinkDepth}, {LinkLatency})");
        Require(RingBlock >= 1 && Embed / Nodes / PacketLanes % RingBlock == 0 && FeedForward / Nodes / PacketLanes % RingBlock == 0, $"the packets of a node don't divide into rounds of {RingBlock}");
        return this;
    }

    private string ColumnsNote => Columns == 1 ? "" : $" ({Lanes} lanes x {Columns} columns)";

    private int SuperBeats(int bytes) => (bytes + SuperBytes - 1) / SuperBytes;

    private static void Require(bool holds, string rule, bool advises = false)
    {
        if (!holds)
        {
            throw new ConfigurationException(rule, advises);
        }
    }
}
