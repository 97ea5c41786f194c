namespace LoopLynx.Accelerator;

/// <summary>
/// One accelerator node: takes a token's embedding and position, runs it through all transformer blocks, and gives the hidden state.
/// Source: LoopLynx Fig. 2(a).
/// </summary>
/// <remarks>
/// Memory: one AXI4 port a channel (<see cref="MemoryPort"/>); weights and KV cache as docs/formats.md describes.
/// The token's latency is the number of cycles from the position's to the last hidden packet's transfer.
/// </remarks>
public sealed class LoopLynxNode(NodeConfiguration configuration) : Module
{
    /// <summary>Cycles by which <see cref="CurrentStage"/> and <see cref="CurrentActivity"/> are behind: their registers.</summary>
    public const int ShownLatency = 2;

    /// <summary>Position of the next token.</summary>
    public readonly StreamIn<Signal> Token = In(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>Its embedding, in packets of <c>PacketLanes</c> residual values, in order.</summary>
    public readonly StreamIn<Signal> Embedding = In(configuration.Types.Residual.Lanes(configuration.PacketLanes));

    /// <summary>The hidden state after the last block, in order.</summary>
    public readonly StreamOut<Signal> Hidden = Out(configuration.Types.Residual.Lanes(configuration.PacketLanes));

    /// <summary>The HBM pseudo-channels.</summary>
    public readonly Axi4[] Channel = MemoryPort.Ports(configuration.Channels, configuration);

    /// <summary>The ring; null on a single node.</summary>
    public readonly RingPort? Ring = configuration.Nodes > 1 ? new RingPort(configuration, "Ring") : null;

    /// <summary>
    /// How fast each channel reads at most, as <see cref="ReadPacer.Rate"/>: the host's register, which stands before the first token; null where nothing
    /// paces the reads.
    /// </summary>
    public readonly Signal? ReadPace = configuration.PacesReads ? Input(UInt(ReadPacer.FractionBits)) : null;

    /// <summary>Number of the layer behind which the token ends, from 0: the host's register, which stands before the token; null: the last one.</summary>
    public readonly Signal? LastLayer = configuration.TakesLayers ? Input(UInt(Sizes.AddressBits(configuration.Layers))) : null;

    /// <summary>Number of the present step, for measurements; 0 is none.</summary>
    public readonly Signal CurrentStage = Output(Scheduler.StepType(configuration));

    /// <summary>The present <see cref="Activity"/>, for measurements.</summary>
    public readonly Signal CurrentActivity = Output(ActivityType);

    /// <summary>A KV write was answered with an error.</summary>
    public readonly Signal WriteFailed = Output(Bit);

    /// <summary>A read was answered with an error.</summary>
    public readonly Signal ReadFailed = Output(Bit);

    /// <summary>Type of an <see cref="Activity"/>.</summary>
    public static HdlType ActivityType { get; } = UInt(Sizes.AddressBits(Enum.GetValues<Activity>().Length));

    /// <inheritdoc/>
    public override string Summary =>
        $"LoopLynx node, {configuration.Layers} layers, {configuration.NodeHeads} heads x {configuration.HeadDim}, {configuration.Channels} channels x "
            + $"{configuration.Lanes} lanes x {configuration.Columns} columns";

    /// <inheritdoc/>
    protected override void Build()
    {
        var rooms = new NodeRooms(this, configuration);
        foreach (var (binding, steps) in configuration.Operations.Kernels(configuration.Program))
        {
            binding.Build(rooms, steps);
        }

        rooms.Connect();
    }
}
