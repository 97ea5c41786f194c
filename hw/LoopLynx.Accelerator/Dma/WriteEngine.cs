namespace LoopLynx.Accelerator;

/// <summary>
/// The write half of one channel's DMA engine: takes the channel's part of the KV writes, splits them into beats, skips those without a strobe, and counts
/// the responses that are still to come.
/// </summary>
/// <remarks>
/// Up to <see cref="MemoryPort.MostOutstanding"/> writes under way, each a burst of one beat. Writes are rare, so a beat takes its time:
/// <see cref="RowCycles"/> for a row. What is offered stays until it is taken, therefore its registers need no enable. A response that says error raises
/// <see cref="Failed"/> until reset.
/// </remarks>
public sealed class WriteEngine(NodeConfiguration configuration) : Module
{
    // A beat is selected, its strobes are looked at, room for its response too, then address and data are offered.
    private enum State
    {
        Select,
        Settle,
        Check,
        Offer,
        Turn,
        Done,
    }

    /// <summary>Cycles from the cycle in which a row's last beat is written to that in which the row is taken.</summary>
    public const int DoneLatency = 1;

    /// <summary>Cycles from a response to <see cref="Idle"/>: its register, the count, the flag.</summary>
    public const int ResponseLatency = 1 + CreditLatency + 1;

    private const int BeatCycles = 4;

    // The next beat's number has come to what selects it.
    private const int TurnCycles = RegisterCopies.CopyLatency;

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

    /// <summary>Cycles from a row that is offered to the one in which it is taken, that one too, where the memory takes beats at once.</summary>
    public static int RowCycles(NodeConfiguration c) => (BeatCycles * c.Columns) + (TurnCycles * (c.Columns - 1)) + DoneLatency;

    /// <inheritdoc/>
    protected override void Build()
    {
        Fsm<State>(out var state);
        Counter(out var column, configuration.Columns);
        Register(out var done, Bit, reset: 0);
        done.Drive(0);
        var beat = Payloads.Each(Beat(column.Value), s => s.Registered());
        var wanted = beat.Strobe.AnyLane().Registered();
        Register(out var addressing, Bit, reset: 0);
        Register(out var writing, Bit, reset: 0);
        MAxi.Aw.Drive(Offered(addressing, Axi4Address.Of(MAxi.Format, beat.Address.Extend(MemoryPort.AddressBits), 0), out var addressTaken));
        MAxi.W.Drive(Offered(writing, new Axi4Write(beat.Data, beat.Strobe, 1), out var dataTaken));
        var pending = Pending(addressing & addressTaken);

        When(state.Is(State.Select) & Requests.Valid, () => state.Go(State.Settle));
        When(state.Is(State.Settle), () => state.Go(State.Check));
        When(state.Is(State.Check) & (!wanted | pending != MemoryPort.MostOutstanding), () =>
        {
            addressing.Drive(wanted);
            writing.Drive(wanted);
            state.Go(State.Offer);
        });
        When(addressing & addressTaken, () => addressing.Drive(0));
        When(writing & dataTaken, () => writing.Drive(0));
        When(state.Is(State.Offer) & (!addressing | addressTaken) & (!writing | dataTaken), () =>
        {
            column.Step();
            done.Drive(column.IsLast);
            state.Go(column.IsLast, State.Done, State.Turn);
        });
        When(state.Is(State.Turn) | state.Is(State.Done), () => state.Go(State.Select));
        Requests.Ready.Drive(done);
        Idle.Drive((pending == 0 & state.Is(State.Select) & !Requests.Valid).RegisteredReset(1, name: "idle"));
    }

    /// <summary>The beat of the row that is offered; its number comes from a register for each half of the data, and one for the rest.</summary>
    private KvWrite Beat(Signal column)
    {
        if (configuration.Columns == 1)
        {
            return Requests.Data;
        }

        const int Parts = 2;
        var (address, data, strobe) = Requests.Data;
        var lanes = configuration.Lanes;
        var columns = column.Copies(Parts + 1, reset: 0);
        Signal Part(int part)
        {
            var share = lanes / Parts;
            var wanted = from c in Enumerable.Range(0, configuration.Columns) from lane in Enumerable.Range(part * share, share) select (c * lanes) + lane;
            return data.LaneMap(wanted).SelectLanes(columns[part], share);
        }

        var at = (address + (columns[Parts] << Sizes.CeilLog2(lanes))).Truncate(MemoryPort.ChannelAddressBits);
        return new KvWrite(at, SignalLanes.JoinLanes([.. Enumerable.Range(0, Parts).Select(Part)]), strobe.SelectLanes(columns[Parts], lanes));
    }

    private static Stream<T> Offered<T>(Signal valid, T data, out Signal taken)
    {
        Wire(out var ready, Bit);
        taken = ready;
        return StreamSources.Of(valid, data, ready).AssertStable("offer");
    }

    /// <summary>
    /// Writes whose response is still to come. By hand: under conditions that are seldom true a simulator skips the count, and it idles nearly always.
    /// </summary>
    private Signal Pending(Signal written)
    {
        Register(out var pending, UInt(8), reset: 0);
        Register(out var failed, Bit, reset: 0);
        MAxi.B.Ready.Drive(1);
        var answered = MAxi.B.Valid.RegisteredReset(0, name: "answered");
        When(written & !answered, () => pending.Drive(pending.WrapAdd(1))).ElseWhen(!written & answered, () => pending.Drive(pending.WrapSub(1)));
        When(MAxi.B.Valid & MAxi.B.Data.Failed, () => failed.Drive(1));
        Assert(!answered | pending != 0, "a write response belongs to a write");
        Failed.Drive(failed);
        return pending;
    }
}
