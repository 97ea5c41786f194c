namespace LoopLynx.Accelerator;

/// <summary>
/// The write half of one channel's DMA engine: takes the channel's part of the KV writes, splits them into beats, skips those without a strobe, and counts the responses that are still to come.
/// </summary>
/// <remarks>Up to 255 writes under way. A response with the error bit raises <see cref="Failed"/> until reset.</remarks>
public sealed class WriteEngine(NodeConfiguration configuration) : Module
{
    /// <summary>Cycles from a beat to its write.</summary>
    public const int Latency = StreamStages.IsolateLatency;

    /// <summary>Cycles from a response to <see cref="Idle"/>.</summary>
    public const int ResponseLatency = CreditLatency;

    /// <summary>Writes of this channel, one row beat each.</summary>
    public readonly StreamIn<WriteBeat> Requests = In<WriteBeat>([UInt(AxiPort.AddressBits), configuration.Types.MemoryByte.Lanes(configuration.SliceLanes), Bit.Lanes(configuration.SliceLanes)]);

    /// <summary>AXI writes.</summary>
    public readonly StreamOut<WriteBeat> Writes = Out<WriteBeat>([UInt(AxiPort.AddressBits), configuration.Types.MemoryByte.Lanes(configuration.Lanes), Bit.Lanes(configuration.Lanes)]);

    /// <summary>AXI responses; 1 is an error.</summary>
    public readonly StreamIn<Signal> Responses = In(Bit);

    /// <summary>Nothing is stored or awaits a response.</summary>
    public readonly Signal Idle = Output(Bit);

    /// <summary>A write was answered with an error.</summary>
    public readonly Signal Failed = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => "KV writes of one channel";

    /// <inheritdoc/>
    protected override void Build()
    {
        Register(out var pending, UInt(8), reset: 0);
        Register(out var failed, Bit, reset: 0);
        var beats = Beats();
        var wanted = beats.DropWhen(!beats.Data.Strobe.AnyLane()).Isolate("request");
        Writes.Drive(wanted.Gate(pending != 255, "room"));
        Writes.AssertStable("write");
        Responses.Ready.Drive(1);
        When(Writes.Fire & !Responses.Valid, () => pending.Drive(pending.WrapAdd(1)))
            .ElseWhen(!Writes.Fire & Responses.Valid, () => pending.Drive(pending.WrapSub(1)));
        When(Responses.Valid & Responses.Data, () => failed.Drive(1));
        Assert(!Responses.Valid | pending != 0, "a write response belongs to a write");
        Idle.Drive(pending == 0 & !wanted.Valid & !Requests.Valid);
        Failed.Drive(failed);
    }

    /// <summary>The beats of a row beat, one after another.</summary>
    private Stream<WriteBeat> Beats()
    {
        var (columns, lanes) = (configuration.Columns, configuration.Lanes);
        if (columns == 1)
        {
            return Requests;
        }

        Register(out var column, UInt(Sizes.AddressBits(columns)), reset: 0);
        Wire(out var ready, Bit);
        var (address, data, strobe) = Requests.Data;
        var beats = StreamSources.Of(Requests.Valid, new WriteBeat((address + (column << Sizes.CeilLog2(lanes))).Truncate(AxiPort.AddressBits), data.SelectLanes(column, lanes), strobe.SelectLanes(column, lanes)), ready);
        When(beats.Fire, () => column.Drive(column.WrapAdd(1)));
        Requests.Ready.Drive(ready & column == columns - 1);
        return beats;
    }
}
