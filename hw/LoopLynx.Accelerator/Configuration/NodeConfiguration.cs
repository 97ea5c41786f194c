using System.Runtime.CompilerServices;
using static LoopLynx.Contract.Rule;

namespace LoopLynx.Accelerator;

/// <summary>
/// Everything that a node is generated from: the model, the numeric plan, and the machine with what only the hardware knows of it. <see cref="Presets"/> are
/// values of this record; nothing else decides about the hardware. Layer program and memory map follow from the contract's part of it.
/// </summary>
/// <remarks>
/// A <em>beat</em> is what a memory port delivers in a cycle (<c>Lanes</c> bytes); a slice takes a <em>row beat</em> of <c>Columns</c> of them at once.
/// </remarks>
/// <param name="Model">The model.</param>
/// <param name="Channels">HBM pseudo-channels, one MP slice each; a power of two.</param>
/// <param name="Lanes">Bytes of a channel's beat; a power of two, at least 4.</param>
public sealed record NodeConfiguration(ModelDescription Model, int Channels = 8, int Lanes = 32)
{
    private static readonly ConditionalWeakTable<NodeConfiguration, Derivation> _derived = [];

    /// <summary>A machine for a GPT-2 of those sizes; the hardware doesn't see the vocabulary.</summary>
    /// <param name="Layers">Transformer blocks.</param>
    /// <param name="Heads">Attention heads of the model; a node owns <c>Heads / Nodes</c>.</param>
    /// <param name="Embed">Width of the residual stream (E).</param>
    /// <param name="FeedForward">Width between the two feed-forward projections.</param>
    /// <param name="Context">Positions that the KV cache holds.</param>
    /// <param name="Channels">HBM pseudo-channels, one MP slice each; a power of two.</param>
    /// <param name="Lanes">Bytes of a channel's beat; a power of two, at least 4.</param>
    public NodeConfiguration(int Layers, int Heads, int Embed, int FeedForward, int Context, int Channels = 8, int Lanes = 32)
        : this(new ModelDescription(Layers, Heads, Embed, Context, Vocabulary: 0, FeedForward), Channels, Lanes)
    {
    }

    /// <summary>The formats of the machine's numbers.</summary>
    public NumericPlan Plan { get; init; } = NumericPlan.Int8;

    /// <summary>How the operations of the program become hardware.</summary>
    public OperationTable Operations { get; init; } = OperationTable.Default;

    /// <summary>Numbers of the program's steps in the hardware, by index; null: 1, 2, 3 ... in their order.</summary>
    public StepCodes? Codes { get; init; }

    /// <summary>Transformer blocks.</summary>
    public int Layers { get => Model.Layers; init => Model = Model with { Layers = value }; }

    /// <summary>Attention heads of the model.</summary>
    public int Heads { get => Model.QueryHeads; init => Model = Model with { QueryHeads = value }; }

    /// <summary>Width of the residual stream (E).</summary>
    public int Embed { get => Model.Embed; init => Model = Model with { Embed = value }; }

    /// <summary>Width between the two feed-forward projections.</summary>
    public int FeedForward { get => Model.FeedForward; init => Model = Model with { FeedForward = value }; }

    /// <summary>Positions that the KV cache holds.</summary>
    public int Context { get => Model.Context; init => Model = Model with { Context = value }; }

    /// <summary>Nodes on the ring; each owns 1/Nodes of every matrix's rows and of the heads.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>Beats that a slice can take in one cycle. With 2 or more the array is wider than the memory and catches up after a stall.</summary>
    public int Columns { get; init; } = 1;

    /// <summary>Values that are requantised, sent, added, normalised and written back in a cycle; 0: one a channel.</summary>
    public int WriteBackLanes { get; init; }

    /// <summary>Channels that hold K, and as many that hold V; 0: both lie across all channels.</summary>
    public int KvChannels { get; init; }

    /// <summary>Whether the slices of two channels, which multiply with the same activations, share DSP blocks: <see cref="DotProductPair"/>.</summary>
    public bool PairsSlices { get; init; }

    /// <summary>Whether scores and mixing take turns at one array of multipliers; K and V lie across all channels then, and come in turns anyway.</summary>
    public bool SharesMultipliers { get; init; }

    /// <summary>Whether the DMA runs ahead of the stages; without, a stage's reads begin with the stage, and every stage drains.</summary>
    public bool RunAhead { get; init; } = true;

    /// <summary>Whether the scores of head i + 1 are computed before the token mixing of head i, so that softmax hides under them.</summary>
    public bool HeadPipeline { get; init; } = true;

    /// <summary>Whether results are added to the residual, and its sums gathered, as they stream in; without, both are passes of their own.</summary>
    public bool FusedNorm { get; init; } = true;

    /// <summary>
    /// Whether a block's results go round the ring while the next block is computed; without, they wait until the stage's last result is there.
    /// </summary>
    public bool TransmissionHiding { get; init; } = true;

    /// <summary>Whether q, k and v stay on the node that owns their head; without, they go round the ring like all results.</summary>
    public bool LocalQkv { get; init; } = true;

    /// <summary>Whether every node normalises the whole vector; without, each normalises its part, and the parts go round the ring.</summary>
    public bool WholeNorm { get; init; } = true;

    /// <summary>Beats that a channel's prefetch FIFO holds; the DMA runs that far ahead of compute.</summary>
    public int PrefetchBeats { get; init; } = 512;

    /// <summary>Storage of the prefetch FIFO.</summary>
    public MemoryStyle PrefetchStyle { get; init; } = MemoryStyle.Block;

    /// <summary>Packets that a ring link's FIFO holds; 0: as many as <see cref="FifoDepths.Link"/> derives.</summary>
    public int LinkDepth { get; init; }

    /// <summary>Register levels of a ring link, each way.</summary>
    public int LinkLatency { get; init; } = 1;

    /// <summary>Cycles of a link between two cards, with two nodes on each; 0: all links are alike.</summary>
    public int CardLinkCycles { get; init; }

    /// <summary>Whether the nodes are kernels of their own, joined by streams of <see cref="RingFlit"/>s.</summary>
    public bool KernelLinks { get; init; }

    /// <summary>Whether the host sets how fast a node reads: <see cref="ReadPacer"/>.</summary>
    public bool PacesReads { get; init; }

    /// <summary>Whether the host says through how many layers a token runs.</summary>
    public bool TakesLayers { get; init; }

    /// <summary>Packets of a round: a node sends that many of its own, then forwards as many of its predecessor's, and so on.</summary>
    public int RingBlock { get; init; } = 1;

    /// <summary>Bytes that a memory channel of the board holds.</summary>
    public long ChannelCapacity { get; init; } = MachineShape.PseudoChannelBytes;

    /// <summary>What host and hardware agree on about the machine.</summary>
    public MachineShape Machine => new()
    {
        Nodes = Nodes,
        Channels = Channels,
        BeatBytes = Lanes,
        LayoutBeatBytes = SliceLanes,
        ValuesPerCycle = SliceLanes,
        KvChannels = KvChannels,
        PacketValues = WriteBackLanes,
        LocalHeads = LocalQkv,
        WholeNorm = WholeNorm,
        ChannelCapacity = ChannelCapacity,
    };

    /// <summary>What the machine does with a token.</summary>
    /// <exception cref="ConfigurationException">The model or the machine breaks a rule.</exception>
    public LayerProgram Program => Derived.Program;

    /// <summary>Where everything lies in a node's memory.</summary>
    /// <exception cref="ConfigurationException">The model or the machine breaks a rule.</exception>
    public MemoryMap Map => Derived.Map;

    /// <summary>Where keys and values lie.</summary>
    public CacheLayout Cache => Map.Cache;

    /// <summary>Each node normalises a part only.</summary>
    public bool SharesNorm => !WholeNorm && Nodes > 1;

    /// <summary>Multipliers of a slice: bytes of a channel's row beat.</summary>
    public int SliceLanes => Lanes * Columns;

    /// <summary>Channels whose rows a slice multiplies at once.</summary>
    public int SliceRows => PairsSlices ? DotProductPair.Count : 1;

    /// <summary>Values in a packet of results.</summary>
    public int PacketLanes => WriteBackLanes == 0 ? Channels : WriteBackLanes;

    /// <summary>Heads of a node.</summary>
    public int NodeHeads => Heads / Nodes;

    /// <summary>Dimensions of a head.</summary>
    public int HeadDim => Model.HeadWidth;

    /// <summary>Bytes of a super-beat: one row beat of every channel.</summary>
    public int SuperBytes => Channels * SliceLanes;

    /// <summary>K and V lie on channels of their own and are read at the same time.</summary>
    public bool SplitKv => KvChannels != 0;

    /// <summary>Bytes of K, or of V, that attention takes in a cycle: one row of the KV cache.</summary>
    public int KvBytes => (SplitKv ? KvChannels : Channels) * SliceLanes;

    /// <summary>Lanes of a KV row that belong to one position of a head.</summary>
    public int HeadLanes => Cache.HeadLanes;

    /// <summary>Positions in a row of the KV cache.</summary>
    public int PositionsPerRow => Cache.PositionsPerRow;

    /// <summary>KV rows that one position of a head takes; above 1 only when a head is wider than a row.</summary>
    public int RowsPerPosition => Cache.RowsPerPosition;

    /// <summary>Rows of a channel that share one block of requantisation constants.</summary>
    public int RowsPerGroup => Map.GroupRows;

    /// <summary>Row beats of a block of requantisation constants.</summary>
    public int ConstantBeats => Map.ConstantBeats;

    /// <summary>The signals that carry the plan's numbers.</summary>
    public NumberTypes Types => new(Plan);

    /// <summary>Bits of a product's accumulator: wide enough for the longest row.</summary>
    public int AccumulatorBits => Plan.AccumulatorBits(Program.Products.Max(p => p.Product.Columns));

    /// <summary>Values of the longest result of a step.</summary>
    public int LongestResult => Program.EachLayer.Max(s => s.Operation.Outputs(Model));

    /// <summary>
    /// Cycles that the memory of a node needs at least for a token at <paramref name="position"/>, at one beat a cycle and channel: weights and the cached K
    /// and V, spread over all channels, no constants. The roofline of an ideal memory.
    /// </summary>
    public long RooflineBeats(int position)
    {
        var beatBytes = Channels * Lanes;
        var weights = Layers * Program.Products.Sum(p => p.Product.Rows * Plan.Weights.RowBytes(p.Product.Columns)) / beatBytes / Nodes;
        return weights + (2L * Layers * NodeHeads * ((((long)position * HeadDim) + beatBytes - 1) / beatBytes));
    }

    /// <summary>Checks every rule; the first broken one is thrown.</summary>
    /// <exception cref="ConfigurationException">A size doesn't divide, or doesn't fit.</exception>
    public NodeConfiguration Validated()
    {
        ShapeRules.CheckCapacity(Machine, Map.ChannelBytes);
        Operations.Check(Program);
        Require(
            PrefetchBeats >= 2 * MemorySizes.MaxBurstBeats,
            $"the prefetch FIFO ({PrefetchBeats} beats) must hold at least two bursts of {MemorySizes.MaxBurstBeats}");
        Require(!PairsSlices || Channels % DotProductPair.Count == 0, $"the slices of {Channels} channels aren't pairs: use 2 channels or more");
        Require(
            !SharesMultipliers || !SplitKv,
            "scores and mixing can't take turns at one array where K and V have channels of their own: put both across all");
        Require(CardLinkCycles >= 0, $"a link between cards needs a latency of at least 0 cycles ({CardLinkCycles})");
        Require(LinkDepth >= 0 && LinkLatency >= 0, $"a ring link needs a FIFO of at least 1 packet and a latency of at least 0 ({LinkDepth}, {LinkLatency})");
        var most = 1 << RingFlit.CreditBits;
        Require(
            !KernelLinks || FifoDepths.Link(this) < most,
            $"a link between kernels has less than {most} places ({nameof(LinkDepth)}, or {nameof(CardLinkCycles)})");
        Require(
            RingBlock >= 1 && Program.EachLayer.Where(s => s.Exchanges || s.Operation is Product).All(s => Program.OwnValues(s) / PacketLanes % RingBlock == 0),
            $"the packets of a node don't divide into rounds of {RingBlock}");
        return this;
    }

    private Derivation Derived => _derived.GetValue(this, c => new Derivation(c));

    /// <summary>What follows from a configuration, kept as long as the configuration lives.</summary>
    private sealed class Derivation
    {
        public Derivation(NodeConfiguration c)
        {
            Program = LayerProgram.Create(c.Model, c.Plan, c.Machine, c.Codes?.Numbers);
            Map = MemoryMap.Unchecked(Program);
        }

        public LayerProgram Program { get; }

        public MemoryMap Map { get; }
    }
}
