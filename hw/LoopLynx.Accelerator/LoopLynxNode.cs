namespace LoopLynx.Accelerator;

/// <summary>
/// One accelerator node: takes a token's embedding and position, runs it through all transformer blocks, and gives the hidden state. Source: LoopLynx Fig. 2(a).
/// </summary>
/// <remarks>
/// Memory: one AXI port a channel; weights and KV cache as docs/formats.md describes. The token's latency is the number of cycles from the position's to the last hidden packet's transfer.
/// </remarks>
public sealed class LoopLynxNode(NodeConfiguration configuration) : Module
{
    /// <summary>Position of the next token.</summary>
    public readonly StreamIn<Signal> Token = In(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>Its embedding, in packets of <c>PacketLanes</c> residual values, in order.</summary>
    public readonly StreamIn<Signal> Embedding = In(Formats.Residual.Lanes(configuration.PacketLanes));

    /// <summary>The hidden state after the last block, in order.</summary>
    public readonly StreamOut<Signal> Hidden = Out(Formats.Residual.Lanes(configuration.PacketLanes));

    /// <summary>The HBM pseudo-channels.</summary>
    public readonly AxiPort[] Channel = AxiPort.Array(configuration.Channels, configuration.Lanes);

    /// <summary>The ring; null on a single node.</summary>
    public readonly RingPort? Ring = configuration.Nodes > 1 ? new RingPort(configuration, "Ring") : null;

    /// <summary>The present <see cref="Stage"/>, for measurements.</summary>
    public readonly Signal CurrentStage = Output(Scheduler.StageType);

    /// <summary>The present <see cref="Activity"/>, for measurements.</summary>
    public readonly Signal CurrentActivity = Output(ActivityType);

    /// <summary>A KV write was answered with an error.</summary>
    public readonly Signal WriteFailed = Output(Bit);

    /// <summary>Type of an <see cref="Activity"/>.</summary>
    public static HdlType ActivityType { get; } = UInt(Sizes.AddressBits(Enum.GetValues<Activity>().Length));

    /// <inheritdoc/>
    public override string Summary =>
        $"LoopLynx node, {configuration.Layers} layers, {configuration.NodeHeads} heads x {configuration.HeadDim}, {configuration.Channels} channels x {configuration.Lanes} lanes x {configuration.Columns} columns";

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var packets = c.Embed / c.PacketLanes;
        Instance(out var scheduler, new Scheduler(c));
        Instance(out var memory, new MemoryInterface(c));
        Instance(out var loader, new ConstantLoader(c));
        Instance(out var norm, new LayerNormKernel(c));
        Instance(out var processor, new MatrixProcessor(c));
        Instance(out var requantise, new RequantiseUnit(c.PacketLanes));
        Instance(out var router, new Router(c));
        Instance(out var attention, new AttentionKernel(c));
        Instance(out var kvWriter, new KvWriter(c));
        Instance(out var gelu, new GeluUnit(c));
        Instance(out var activations, new ActivationBuffer(c));
        Instance(out var heads, new HeadBuffer(c));

        Let(out var stage, scheduler.Current);
        Signal In(Stage s) => stage == (int)s;
        Signal Begins(Stage s) => scheduler.Begin & In(s);
        scheduler.Token.Drive(Token);
        CurrentStage.Drive(stage);

        // Memory: reads run ahead from the token's first cycle; the stage decides who consumes the stream.
        foreach (var (port, inner) in Channel.Zip(memory.Channel))
        {
            AxiPort.Connect(port, inner);
        }

        memory.Start.Drive(Begins(Stage.Load));
        memory.Position.Drive(scheduler.Position);
        memory.CurrentStage.Drive(stage);
        memory.InAttention.Drive(In(Stage.Attention));
        memory.NextIsValue.Drive(attention.NextIsValue);
        memory.Writes.Drive(kvWriter.Writes);
        WriteFailed.Drive(memory.WriteFailed);
        var beats = ((Stream<Signal>)memory.Beats).Demultiplex(!In(Stage.Constants), 2, "beats");
        loader.Beats.Drive(beats[0]);
        processor.Beats.Drive(beats[1]);
        attention.Keys.Drive(memory.Keys);
        attention.Values.Drive(memory.Values);

        // Constants of a layer.
        loader.Start.Drive(Begins(Stage.Constants));
        norm.Norm.Drive(loader.Norm);
        norm.Scalars.Drive(loader.Scalars);
        norm.RestartConstants.Drive(Begins(Stage.Constants));
        gelu.Table.Drive(loader.Gelu);
        gelu.Restart.Drive(Begins(Stage.Constants));
        attention.Constants.Drive(loader.Heads);
        attention.RestartConstants.Drive(Begins(Stage.Constants));

        // Residual and norms.
        Register(out var loaded, UInt(Sizes.BitsFor(packets)), reset: 0);
        // Cleared outside the stage, not by its first cycle: a packet can move in that one, and the next token's packets may wait behind this token's.
        When(!In(Stage.Load), () => loaded.Drive(0)).ElseWhen(Embedding.Fire, () => loaded.Drive(loaded.WrapAdd(1)));
        norm.Embedding.Drive(((Stream<Signal>)Embedding).Gate(In(Stage.Load) & loaded != packets, "embedding"));
        norm.StartNormalise.Drive(Begins(Stage.Norm1) | Begins(Stage.Norm2));
        norm.SecondNorm.Drive(In(Stage.Norm2));
        norm.StartEmit.Drive(Begins(Stage.Emit));
        Hidden.Drive(norm.Hidden);

        // Products: rows to requantisation, with the range of the result's format.
        processor.Command.Drive(scheduler.Matrix);
        activations.Address.Drive(processor.ActivationAddress);
        processor.ActivationRow.Drive(activations.Row);
        var (low, high) = ResultRange(In);
        requantise.Input.Drive(((Stream<RowSums>)processor.Rows).Map(r => new RequantiseInput(r.Accumulator, r.Constants, low, high)));

        // Results of products and of attention go through the router to the buffer that the stage fills, on every node.
        var context = ((Stream<Signal>)attention.Context).Map(values => values.Extend(Formats.ResidualBits));
        var normalised = ((Stream<ActivationWrite>)norm.Normalised).Map(w => w.Values.Extend(Formats.ResidualBits));
        Stream<Signal>[] sources = c.SharesNorm ? [requantise.Output, context, normalised] : [requantise.Output, context];
        router.Local.Drive(StreamRouting.Arbitrate(sources, "results"));
        router.Begin.Drive(scheduler.Begin);
        Let(out var norms, In(Stage.Norm1) | In(Stage.Norm2));
        Let(out var gathers, (c.SharesNorm ? norms : Const(Bit, 0)) | In(Stage.Attention) | In(Stage.Project) | In(Stage.FeedForward1) | In(Stage.FeedForward2) | (In(Stage.Qkv) & !c.LocalQkv));
        router.Gather.Drive(gathers);
        Signal Packets(int values) => Const(ResultPacket.CountType(c), values / c.Nodes / c.PacketLanes);
        router.PerNode.Drive(Mux(In(Stage.Qkv), Packets(3 * c.Embed), Mux(In(Stage.FeedForward1), Packets(c.FeedForward), Packets(c.Embed))));
        if (Ring is not null)
        {
            router.Ring!.NodeId.Drive(Ring.NodeId);
            router.Ring.From.Drive(Ring.From);
            Ring.To.Drive(router.Ring.To);
            norm.NodeId?.Drive(Ring.NodeId);
        }

        var destination = Mux(In(Stage.Qkv), Const(UInt(2), 0), Mux(In(Stage.Attention) | norms, Const(UInt(2), 1), Mux(In(Stage.FeedForward1), Const(UInt(2), 2), 3)));
        var results = ((Stream<ResultPacket>)router.Buffers).Demultiplex(destination, 4, "result");
        heads.Results.Drive(results[0].DropWhen(!results[0].Data.Own, "foreign").Map(r => r.Values.Truncate(8)));
        heads.Restart.Drive(Begins(Stage.Qkv));
        var contextPackets = results[1].Map(r => new ActivationWrite(r.Index.Resize(activations.Vector.Data.Index.Width), r.Values.Truncate(8)));
        activations.Vector.Drive(c.SharesNorm ? contextPackets : StreamRouting.Arbitrate([norm.Normalised, contextPackets], "vector"));
        gelu.Input.Drive(results[2]);
        activations.Hidden.Drive(gelu.Output);
        norm.Delta.Drive(results[3].Map(r => new ResidualRow(r.Index.Resize(norm.Delta.Data.Index.Width), r.Values)));

        // Attention and the cache.
        attention.Start.Drive(Begins(Stage.Attention));
        attention.Position.Drive(scheduler.Position);
        heads.QueryAddress.Drive(attention.QueryAddress);
        attention.QueryRow.Drive(heads.QueryRow);
        heads.KeyAddress.Drive(attention.KeyAddress);
        attention.KeyRow.Drive(heads.KeyRow);
        heads.ValueAddress.Drive(attention.ValueAddress);
        attention.ValueRow.Drive(heads.ValueRow);
        kvWriter.StartToken.Drive(Begins(Stage.Load));
        kvWriter.StartLayer.Drive(Begins(Stage.Attention));
        kvWriter.Position.Drive(scheduler.Position);
        heads.WriterAddress.Drive(kvWriter.Address);
        kvWriter.Row.Drive(heads.WriterRow);

        // When a stage's last packet has landed, counted: the nodes' packets come in any order. QKV packets that belong to other nodes' heads count too: the ring is empty after them.
        Let(out var lands, results[0].Fire | activations.Vector.Fire | activations.Hidden.Fire);
        Register(out var landed, UInt(Sizes.BitsFor(Math.Max(3 * c.Embed, c.FeedForward) / c.PacketLanes)), reset: 0);
        When(scheduler.Begin, () => landed.Drive(0)).ElseWhen(lands, () => landed.Drive(landed.WrapAdd(1)));
        var headPackets = 3 * packets / (c.LocalQkv ? c.Nodes : 1);

        // The pulse is kept: on a stalled link the node's last packet may still wait when the others' have been added.
        Register(out var added, Bit, reset: 0);
        When(scheduler.Begin, () => added.Drive(0)).ElseWhen(norm.Updated, () => added.Drive(1));
        Let(out var updated, norm.Updated | added);
        var done = new (Stage Stage, Signal Done)[]
        {
            (Stage.Load, norm.Updated),
            (Stage.Constants, loader.Done),
            (Stage.Norm1, landed == packets),
            (Stage.Qkv, landed == headPackets),
            // The KV writer reads the head buffer, which the next layer's QKV overwrites: attention ends when both have finished.
            (Stage.Attention, landed == packets & !kvWriter.Busy),
            (Stage.Project, updated),
            (Stage.Norm2, landed == packets),
            (Stage.FeedForward1, landed == c.FeedForward / c.PacketLanes),
            (Stage.FeedForward2, updated),
            (Stage.Flush, memory.WritesIdle & !kvWriter.Busy),
            (Stage.Emit, norm.Done),
        };
        scheduler.StageDone.Drive(!scheduler.Begin & (router.Sent | !gathers) & done.Select(d => In(d.Stage) & d.Done).Aggregate((a, b) => a | b));

        var moves = memory.Beats.Fire | memory.Keys.Fire | memory.Values.Fire | norm.Sweeps | norm.Embedding.Fire;
        var starves = (processor.Beats.Ready & !processor.Beats.Valid) | (loader.Beats.Ready & !loader.Beats.Valid)
            | (attention.Keys.Ready & !attention.Keys.Valid) | (attention.Values.Ready & !attention.Values.Valid);
        Signal Is(Activity activity) => Const(ActivityType, (int)activity);
        CurrentActivity.Drive(Mux(moves, Is(Activity.Busy), Mux(starves, Is(Activity.Memory), Mux(router.Awaits, Is(Activity.Ring), Is(Activity.Dependency)))));
    }

    /// <summary>Range of a product's results: int8 for q, k and v; int16 before GELU; 24 bits towards the residual.</summary>
    private static (Signal Low, Signal High) ResultRange(Func<Stage, Signal> isStage)
    {
        var type = Formats.Residual;
        Signal Choose(System.Numerics.BigInteger int8, System.Numerics.BigInteger int16, System.Numerics.BigInteger residual) =>
            Mux(isStage(Stage.Qkv), Const(type, int8), Mux(isStage(Stage.FeedForward1), Const(type, int16), Const(type, residual)));
        return (Choose(-127, short.MinValue, type.Min), Choose(127, short.MaxValue, type.Max));
    }
}
