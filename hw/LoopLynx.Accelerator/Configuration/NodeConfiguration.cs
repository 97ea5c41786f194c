using System.Numerics;

namespace LoopLynx.Accelerator;

/// <summary>Everything that a node is generated from. Presets are values of this record; nothing else decides about the hardware.</summary>
/// <param name="Layers">Transformer blocks.</param>
/// <param name="Heads">Attention heads.</param>
/// <param name="Embed">Width of the residual stream (E).</param>
/// <param name="FeedForward">Width between the two feed-forward projections.</param>
/// <param name="Context">Positions that the KV cache holds.</param>
/// <param name="Channels">HBM pseudo-channels, one MP slice each; a power of two.</param>
/// <param name="Lanes">int8 values in a channel's beat, one multiplier each; a power of two, at least 4.</param>
public sealed record NodeConfiguration(int Layers, int Heads, int Embed, int FeedForward, int Context, int Channels = 8, int Lanes = 32)
{
    /// <summary>Beats that a channel's prefetch FIFO holds; the DMA runs that far ahead of compute.</summary>
    public int PrefetchBeats { get; init; } = 512;

    /// <summary>Storage of the prefetch FIFO.</summary>
    public MemoryStyle PrefetchStyle { get; init; } = MemoryStyle.Block;

    /// <summary>Whether the scores of head i + 1 are computed before the token mixing of head i, so that softmax hides under them.</summary>
    public bool HeadPipeline { get; init; } = true;

    /// <summary>Dimensions of a head.</summary>
    public int HeadDim => Embed / Heads;

    /// <summary>Bytes that all channels deliver in one cycle: one super-beat.</summary>
    public int SuperBytes => Channels * Lanes;

    /// <summary>Lanes of a super-beat that belong to one position of a head.</summary>
    public int HeadLanes => Math.Min(HeadDim, SuperBytes);

    /// <summary>Positions in a super-beat of the KV cache.</summary>
    public int PositionsPerRow => SuperBytes / HeadLanes;

    /// <summary>Super-beats that one position of a head takes; above 1 only when a head is wider than a super-beat.</summary>
    public int RowsPerPosition => HeadDim / HeadLanes;

    /// <summary>Super-beats of one head's K or V over the whole context.</summary>
    public int KvRows => RowsPerPosition > 1 ? Context * RowsPerPosition : (Context + PositionsPerRow - 1) / PositionsPerRow;

    /// <summary>Rows of a channel that share one block of requantisation constants.</summary>
    public int RowsPerGroup => Math.Max(1, Lanes / ConstantBytes);

    /// <summary>Beats of a block of requantisation constants.</summary>
    public int ConstantBeats => Math.Max(1, ConstantBytes / Lanes);

    /// <summary>Bytes of one row's requantisation constants: bias, multiplier and shift.</summary>
    public const int ConstantBytes = 8;

    /// <summary>Super-beats of a layer's normalisation parameters (one layer norm): 4 bytes an element.</summary>
    public int NormBeats => SuperBeats(4 * Embed);

    /// <summary>Super-beats of the GELU table.</summary>
    public int GeluBeats => SuperBeats(4 * GeluSegments);

    /// <summary>Super-beats of the heads' constants.</summary>
    public int HeadConstantBeats => SuperBeats(8 * Heads);

    /// <summary>Super-beats of the layer's scalars.</summary>
    public int ScalarBeats => SuperBeats(16);

    /// <summary>Segments of the piecewise linear GELU.</summary>
    public const int GeluSegments = 256;

    /// <summary>Super-beats of all constants of a layer.</summary>
    public int LayerConstantBeats => (2 * NormBeats) + GeluBeats + HeadConstantBeats + ScalarBeats;

    /// <summary>Super-beats of a matrix of <paramref name="rows"/> x <paramref name="columns"/>, constants included.</summary>
    public int MatrixBeats(int rows, int columns) => rows / Channels / RowsPerGroup * (ConstantBeats + (RowsPerGroup * columns / Lanes));

    /// <summary>Super-beats from a layer's constants to the end of its QKV projection.</summary>
    public int BeatsBeforeAttention => LayerConstantBeats + MatrixBeats(3 * Embed, Embed);

    /// <summary>Super-beats of a layer after attention.</summary>
    public int BeatsAfterAttention => MatrixBeats(Embed, Embed) + MatrixBeats(FeedForward, Embed) + MatrixBeats(Embed, FeedForward);

    /// <summary>Super-beats of all weights and constants: the length of each channel's sequential stream.</summary>
    public long WeightBeats => (long)Layers * (BeatsBeforeAttention + BeatsAfterAttention);

    /// <summary>Byte address of the KV cache in each channel: after the weights, on 4 KiB.</summary>
    public long KvBase => (WeightBeats * Lanes + 4095) / 4096 * 4096;

    /// <summary>Bytes that a channel holds: weights and KV cache.</summary>
    public long ChannelBytes => KvBase + ((long)Layers * Heads * 2 * KvRows * Lanes);

    /// <summary>Super-beats of K and V that a token at <paramref name="position"/> reads.</summary>
    public long KvBeats(int position) =>
        2L * Layers * Heads * (RowsPerPosition > 1 ? (long)position * RowsPerPosition : (position + PositionsPerRow - 1) / PositionsPerRow);

    /// <summary>Super-beats that a token at <paramref name="position"/> can't do without: int8 weights and the cached K and V, no constants. The roofline of an ideal memory, in cycles.</summary>
    public long RooflineBeats(int position) =>
        ((long)Layers * Embed * ((4L * Embed) + (2L * FeedForward)) / SuperBytes) + KvBeats(position);

    /// <summary>Checks every rule; the first broken one is thrown.</summary>
    /// <exception cref="ConfigurationException">A size doesn't divide, or doesn't fit.</exception>
    public NodeConfiguration Validated()
    {
        Require(Layers >= 1 && Heads >= 1 && Embed >= 1 && FeedForward >= 1 && Context >= 2, $"layers {Layers}, heads {Heads}, embed {Embed}, feed-forward {FeedForward} must be at least 1 and the context {Context} at least 2");
        Require(BitOperations.IsPow2(Channels) && BitOperations.IsPow2(Lanes) && Lanes >= 4, $"channels ({Channels}) and lanes ({Lanes}) must be powers of two, and lanes at least 4");
        Require(Lanes % Channels == 0, $"channels ({Channels}) must not exceed lanes ({Lanes}): results of all slices go into one row of the activation buffer");
        Require(SuperBytes >= 8, $"channels x lanes ({Channels} x {Lanes}) must be at least 8 bytes, the size of a head's constants");
        Require(Embed % Heads == 0, $"embed {Embed} is not divisible by {Heads} heads");
        Require(Embed % Lanes == 0, $"embed {Embed} is not divisible by {Lanes} lanes");
        Require(FeedForward % Lanes == 0, $"feed-forward {FeedForward} is not divisible by {Lanes} lanes");
        foreach (var (name, rows) in new[] { ("QKV", 3 * Embed), ("O", Embed), ("FC1", FeedForward), ("FC2", Embed) })
        {
            Require(rows % (Channels * RowsPerGroup) == 0, $"the {rows} rows of {name} are not divisible by {Channels} channels x {RowsPerGroup} rows a group");
        }

        Require(SuperBytes % HeadDim == 0 || HeadDim % SuperBytes == 0, $"a head of {HeadDim} dimensions doesn't divide, and isn't a multiple of, the {SuperBytes} bytes of a super-beat");
        Require(HeadLanes % Channels == 0, $"a head of {HeadDim} dimensions is not divisible by {Channels} channels");
        Require(FeedForward <= 1 << 14 && Embed <= 1 << 13, $"embed {Embed} or feed-forward {FeedForward} is too wide for the 32-bit accumulators");
        Require(ChannelBytes <= 256L << 20, $"a channel needs {ChannelBytes} bytes, an HBM pseudo-channel has {256L << 20}");
        Require(PrefetchBeats >= 32, $"the prefetch FIFO ({PrefetchBeats} beats) must hold at least two bursts of 16");
        return this;
    }

    private int SuperBeats(int bytes) => (bytes + SuperBytes - 1) / SuperBytes;

    private static void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new ConfigurationException(rule);
        }
    }
}
