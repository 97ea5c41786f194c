namespace LoopLynx.Contract;

/// <summary>
/// What host and hardware must agree on about a machine: how many nodes and channels there are and how data lies in them. Depths of FIFOs, latencies and
/// everything else that only the hardware knows is not here. Four numbers are kept apart: the bytes of a port's beat, the bytes of the layout's row beat, the
/// values that a slice takes in a cycle, and the tokens of a pass. The memory image depends on the first two only.
/// </summary>
public sealed record MachineShape
{
    /// <summary>Capacity of an HBM pseudo-channel of the U50, in bytes.</summary>
    public const long PseudoChannelBytes = 256L << 20;

    /// <summary>Nodes on the ring; each owns 1/Nodes of every matrix's rows and of the heads.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>C, memory channels of a node, with one slice of the matrix processor each.</summary>
    public int Channels { get; init; } = 8;

    /// <summary>Bytes that a memory port delivers in a cycle.</summary>
    public int BeatBytes { get; init; } = 32;

    /// <summary>L, bytes of a channel's row beat: the unit in which the memory image is laid out.</summary>
    public int LayoutBeatBytes { get; init; } = 32;

    /// <summary>Values of a row that a slice multiplies in a cycle.</summary>
    public int ValuesPerCycle { get; init; } = 32;

    /// <summary>T, the most tokens of a pass.</summary>
    public int Tokens { get; init; } = 1;

    /// <summary>Channels that hold K, and as many behind them that hold V; 0: both lie across all channels.</summary>
    public int KvChannels { get; init; }

    /// <summary>Values in a packet of results; 0: one a channel.</summary>
    public int PacketValues { get; init; }

    /// <summary>Whether queries, keys and values stay on the node that owns their head.</summary>
    public bool LocalHeads { get; init; } = true;

    /// <summary>Whether every node normalises the whole vector.</summary>
    public bool WholeNorm { get; init; } = true;

    /// <summary>Bytes that a channel can hold.</summary>
    public long ChannelCapacity { get; init; } = PseudoChannelBytes;

    /// <summary>Each node normalises a part only, and the parts go round the ring.</summary>
    public bool SharesNorm => !WholeNorm && Nodes > 1;

    /// <summary>Values in a packet of results.</summary>
    public int PacketLanes => PacketValues == 0 ? Channels : PacketValues;

    /// <summary>Bytes of a super-beat: one row beat of every channel.</summary>
    public int SuperBeatBytes => Channels * LayoutBeatBytes;

    /// <summary>Beats of a port that make one row beat.</summary>
    public int BeatsPerRowBeat => LayoutBeatBytes / BeatBytes;

    /// <summary>K and V lie on channels of their own and are read at the same time.</summary>
    public bool SplitKv => KvChannels != 0;

    /// <summary>Bytes of a row of the KV cache: a super-beat, or the part of it that the channels of keys (or of values) deliver.</summary>
    public int KvRowBytes => (SplitKv ? KvChannels : Channels) * LayoutBeatBytes;

    /// <summary>The first channel with keys, or with values, and how many there are.</summary>
    public (int First, int Count) KvChannelsOf(bool isValue) => SplitKv ? (isValue ? KvChannels : 0, KvChannels) : (0, Channels);
}
