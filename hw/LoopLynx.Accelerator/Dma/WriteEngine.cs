namespace LoopLynx.Accelerator;

/// <summary>
/// The write half of one channel's DMA engine: takes the channel's part of the KV writes, splits them into beats, skips those without a strobe, and counts
/// the responses that are still to come.
/// </summary>
/// <remarks>
/// Up to <see cref="MemoryPort.MostOutstanding"/> writes under way, each a burst of one beat. A response that says error raises <see cref="Failed"/> until
/// reset.
/// </remarks>
public sealed class WriteEngine(NodeConfiguration configuration) : Module
{
    /// <summary>Cycles from a beat to its write.</summary>
    public const int Latency = StreamStages.IsolateLatency;

    /// <summary>Cycles from a response to <see cref="Idle"/>.</summary>
    public const int ResponseLatency = CreditLatency;

    /// <summary>Writes of this channel, one row beat each.</summary>
    public readonly StreamIn<KvWrite> Requests = In(KvWrite.Shape(configuration, configuration.SliceLanes));

    /// <summary>The memory.</summary>
    public readonly Axi4 MAxi = Axi4.Manager(MemoryPort.Format(configuration) with { HasReads = false });

    /// <summary>Nothing is stored or awaits a response.</summary>
    public readonly Signal Idle = Output(Bit);

    /// <summary>A write was answered with an error.</summary>
    public readonly Signal Failed = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => "KV writes of one channel";

    /// <inheritdoc/>
    protected override void Build()
    {
        // By hand: under conditions that are seldom true a simulator skips it, and it idles nearly always.
        Register(out var pending, UInt(8), reset: 0);
        Register(out var failed, Bit, reset: 0);
        var beats = Beats();
        var wanted = beats.DropWhen(!beats.Data.Strobe.AnyLane()).Isolate("request");
        var writes = wanted.Gate(pending != MemoryPort.MostOutstanding, "room").AssertStable("write");

        // Address and data are offered in the same cycle, and each waits for itself alone.
        var halves = writes.Fork(2, "half");
        MAxi.Aw.Drive(halves[0].Map(w => Axi4Address.Of(MAxi.Format, w.Address.Extend(MemoryPort.AddressBits), 0)));
        MAxi.W.Drive(halves[1].Map(w => new Axi4Write(w.Data, w.Strobe, 1)));
        MAxi.B.Ready.Drive(1);
        When(writes.Fire & !MAxi.B.Valid, () => pending.Drive(pending.WrapAdd(1)))
            .ElseWhen(!writes.Fire & MAxi.B.Valid, () => pending.Drive(pending.WrapSub(1)));
        When(MAxi.B.Valid & MAxi.B.Data.Failed, () => failed.Drive(1));
        Assert(!MAxi.B.Valid | pending != 0, "a write response belongs to a write");
        Idle.Drive(pending == 0 & !wanted.Valid & !Requests.Valid);
        Failed.Drive(failed);
    }

    /// <summary>The beats of a row beat, one after another.</summary>
    private Stream<KvWrite> Beats()
    {
        var (columns, lanes) = (configuration.Columns, configuration.Lanes);
        if (columns == 1)
        {
            return Requests;
        }

        Counter(out var column, columns);
        Wire(out var ready, Bit);
        var (address, data, strobe) = Requests.Data;
        var at = (address + (column.Value << Sizes.CeilLog2(lanes))).Truncate(MemoryPort.ChannelAddressBits);
        var beats = StreamSources.Of(Requests.Valid, new KvWrite(at, data.SelectLanes(column.Value, lanes), strobe.SelectLanes(column.Value, lanes)), ready);
        When(beats.Fire, () => column.Step());
        Requests.Ready.Drive(ready & column.IsLast);
        return beats;
    }
}
