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

    /// <summary>Its embedding, <c>channels</c> residual values a packet, in order.</summary>
    public readonly StreamIn<Signal> Embedding = In(Formats.Residual.Lanes(configuration.Channels));

    /// <summary>The hidden state after the last block, in order.</summary>
    public readonly StreamOut<Signal> Hidden = Out(Formats.Residual.Lanes(configuration.Channels));

    /// <summary>The HBM pseudo-channels.</summary>
    public readonly AxiPort[] Channel = AxiPort.Array(configuration.Channels, configuration.Lanes);

    /// <summary>The present <see cref="Stage"/>, for measurements.</summary>
    public readonly Signal CurrentStage = Output(UInt(Sizes.AddressBits(Enum.GetValues<Stage>().Length)));

    /// <summary>A KV write was answered with an error.</summary>
    public readonly Signal WriteFailed = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => $"LoopLynx node, {configuration.Layers} layers, {configuration.Heads} heads x {configuration.HeadDim}, {configuration.Channels} channels x {configuration.Lanes} lanes";

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        Instance(out var scheduler, new Scheduler(c));
        Instance(out var memory, new MemoryInterface(c));
        Instance(out var loader, new ConstantLoader(c));
        Instance(out var norm, new LayerNormKernel(c));
        Instance(out var processor, new MatrixProcessor(c));
        Instance(out var requantise, new RequantiseUnit(c.Channels));
        Instance(out var router, new Router(c.Channels));
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
            port.Read.Drive(inner.Read);
            inner.ReadData.Drive(port.ReadData);
            port.Write.Drive(inner.Write);
            inner.WriteResponse.Drive(port.WriteResponse);
        }

        memory.Start.Drive(Begins(Stage.Load));
        memory.Position.Drive(scheduler.Position);
        memory.Writes.Drive(kvWriter.Writes);
        WriteFailed.Drive(memory.WriteFailed);
        var consumer = Mux(In(Stage.Constants), Const(UInt(2), 0), Mux(In(Stage.Attention), Const(UInt(2), 1), 2));
        var beats = ((Stream<Signal>)memory.Beats).Demultiplex(consumer, 3, "beats");
        loader.Beats.Drive(beats[0]);
        attention.Beats.Drive(beats[1]);
        processor.Beats.Drive(beats[2]);

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
        Register(out var loaded, UInt(Sizes.BitsFor(c.Embed / c.Channels)), reset: 0);
        // Cleared outside the stage, not by its first cycle: a packet can move in that one, and the next token's packets may wait behind this token's.
        When(!In(Stage.Load), () => loaded.Drive(0)).ElseWhen(Embedding.Fire, () => loaded.Drive(loaded.WrapAdd(1)));
        norm.Embedding.Drive(((Stream<Signal>)Embedding).Gate(In(Stage.Load) & loaded != c.Embed / c.Channels, "embedding"));
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

        // Results of products and of attention go through the router to the buffer that the stage fills.
        var context = ((Stream<Signal>)attention.Context).Map(values => values.Extend(Formats.ResidualBits));
        router.Local.Drive(StreamRouting.Arbitrate([requantise.Output, context], "results"));
        var destination = Mux(In(Stage.Qkv), Const(UInt(2), 0), Mux(In(Stage.Attention), Const(UInt(2), 1), Mux(In(Stage.FeedForward1), Const(UInt(2), 2), 3)));
        var results = ((Stream<Signal>)router.Buffers).Demultiplex(destination, 4, "result");
        heads.Results.Drive(results[0].Map(v => v.Truncate(8)));
        heads.Restart.Drive(Begins(Stage.Qkv));
        var contextPackets = Numbered(results[1].Map(v => v.Truncate(8)), Begins(Stage.Attention));
        activations.Vector.Drive(StreamRouting.Arbitrate([norm.Normalised, contextPackets], "vector"));
        gelu.Input.Drive(results[2]);
        activations.Hidden.Drive(gelu.Output);
        norm.Delta.Drive(results[3]);

        // Attention and the cache.
        attention.Start.Drive(Begins(Stage.Attention));
        attention.Position.Drive(scheduler.Position);
        heads.QueryAddress.Drive(attention.QueryAddress);
        attention.QueryRow.Drive(heads.QueryRow);
        heads.CurrentAddress.Drive(attention.CurrentAddress);
        attention.CurrentRow.Drive(heads.CurrentRow);
        kvWriter.StartToken.Drive(Begins(Stage.Load));
        kvWriter.StartLayer.Drive(Begins(Stage.Attention));
        kvWriter.Position.Drive(scheduler.Position);
        heads.WriterAddress.Drive(kvWriter.Address);
        kvWriter.Row.Drive(heads.WriterRow);

        // When a stage's last result has landed.
        Register(out var headPackets, UInt(Sizes.BitsFor(3 * c.Embed / c.Channels)), reset: 0);
        When(scheduler.Begin, () => headPackets.Drive(0)).ElseWhen(results[0].Fire, () => headPackets.Drive(headPackets.WrapAdd(1)));
        Let(out var vectorLanded, activations.Vector.Fire & activations.Vector.Data.Index == (c.Embed / c.Channels) - 1);
        Let(out var hiddenLanded, activations.Hidden.Fire & activations.Hidden.Data.Index == (c.FeedForward / c.Channels) - 1);
        // The KV writer reads the head buffer, which the next layer's QKV overwrites: attention ends when both have finished.
        Register(out var contextLanded, Bit, reset: 0);
        When(scheduler.Begin, () => contextLanded.Drive(0)).ElseWhen(vectorLanded, () => contextLanded.Drive(1));
        var done = new (Stage Stage, Signal Done)[]
        {
            (Stage.Load, norm.Updated),
            (Stage.Constants, loader.Done),
            (Stage.Norm1, vectorLanded),
            (Stage.Qkv, headPackets == 3 * c.Embed / c.Channels),
            (Stage.Attention, contextLanded & !kvWriter.Busy),
            (Stage.Project, norm.Updated),
            (Stage.Norm2, vectorLanded),
            (Stage.FeedForward1, hiddenLanded),
            (Stage.FeedForward2, norm.Updated),
            (Stage.Flush, memory.WritesIdle & !kvWriter.Busy),
            (Stage.Emit, norm.Done),
        };
        scheduler.StageDone.Drive(!scheduler.Begin & done.Select(d => In(d.Stage) & d.Done).Aggregate((a, b) => a | b));
    }

    /// <summary>Range of a product's results: int8 for q, k and v; int16 before GELU; 24 bits towards the residual.</summary>
    private static (Signal Low, Signal High) ResultRange(Func<Stage, Signal> isStage)
    {
        var type = Formats.Residual;
        Signal Choose(System.Numerics.BigInteger int8, System.Numerics.BigInteger int16, System.Numerics.BigInteger residual) =>
            Mux(isStage(Stage.Qkv), Const(type, int8), Mux(isStage(Stage.FeedForward1), Const(type, int16), Const(type, residual)));
        return (Choose(-127, short.MinValue, type.Min), Choose(127, short.MaxValue, type.Max));
    }

    /// <summary>Numbers the packets of a stage from 0.</summary>
    private Stream<ActivationWrite> Numbered(Stream<Signal> packets, Signal restart)
    {
        Register(out var index, ActivationBuffer.WriteTypes(configuration)[0], reset: 0);
        var numbered = packets.Map(values => new ActivationWrite(index, values));
        When(restart, () => index.Drive(0)).ElseWhen(packets.Fire, () => index.Drive(index.WrapAdd(1)));
        return numbered;
    }
}
