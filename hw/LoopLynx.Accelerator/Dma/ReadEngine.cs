namespace LoopLynx.Accelerator;

/// <summary>
/// The read half of one channel's DMA engine: splits runs into AXI bursts, keeps as many beats on order as the prefetch FIFO has room for, and streams the
/// data in order.
/// </summary>
/// <remarks>
/// Bursts have at most 16 beats and end at the end of an aligned block of 16, so none crosses a 4 KiB boundary. Beats on order or stored never exceed
/// the FIFO, so R is always ready.
/// One burst is issued in two cycles at most; with bursts of 16 the channel delivers a beat a cycle.
/// An answer that says error raises <see cref="Failed"/> until reset. Source: LoopLynx III-D, DMA engine in burst mode.
/// </remarks>
/// <param name="configuration">The node.</param>
/// <param name="targets">Who may take a beat.</param>
public sealed class ReadEngine(NodeConfiguration configuration, int targets) : Module
{
    /// <summary>Cycles from a burst for which there is room to its order.</summary>
    public const int OfferLatency = 1;

    /// <summary>Cycles from a row beat that leaves to the burst that its room allows.</summary>
    public const int RoomLatency = 3;

    // A run is kept before its first burst is cut off.
    private const int RunLatency = 1;

    // A burst is cut off, and then it is looked at whether there is room for it.
    private const int CutLatency = 2;

    // The memory's answer is a register first.
    private const int AnswerLatency = 1;

    /// <summary>What to read.</summary>
    public readonly StreamIn<ReadRun> Runs = In<ReadRun>(ReadRun.Types);

    /// <summary>The memory.</summary>
    public readonly Axi4 MAxi = Axi4.Manager(MemoryPort.Format(configuration) with { HasWrites = false });

    /// <summary>The next row beat of all runs, in order.</summary>
    public readonly Signal Beat = Output(configuration.Types.MemoryByte.Lanes(configuration.SliceLanes));

    /// <summary>There is one.</summary>
    public readonly Signal Valid = Output(Bit);

    /// <summary>Another one stands behind it.</summary>
    public readonly Signal Coming = Output(Bit);

    /// <summary>For each target: all of its channels have a beat. The beat leaves where that target is ready.</summary>
    public readonly Signal Complete = Input(Bit.Lanes(targets));

    /// <summary>For each target: it is ready.</summary>
    public readonly Signal Ready = Input(Bit.Lanes(targets));

    /// <summary>A read was answered with an error.</summary>
    public readonly Signal Failed = Output(Bit);

    /// <summary>How fast to order, as <see cref="ReadPacer.Rate"/>; null where nothing paces the reads.</summary>
    public readonly Signal? Pace = configuration.PacesReads ? Input(UInt(ReadPacer.FractionBits)) : null;

    /// <inheritdoc/>
    public override string Summary => "burst reads ahead of compute";

    /// <summary>Cycles from a run to its first order.</summary>
    public static int OrderLatency => RunLatency + CutLatency + OfferLatency;

    /// <summary>Cycles from a row beat's last beat to the row beat: its register, joining, and the prefetch FIFO.</summary>
    public static int DataLatency(NodeConfiguration c) =>
        AnswerLatency + StreamWidths.WidenLatency(c.Columns) + StreamFifos.Latency(c.PrefetchStyle);

    /// <summary>Whether the beat leaves: a target that has all of its channels' beats is ready.</summary>
    public static Signal Leaves(Signal complete, Signal ready) => (ready & complete).AnyLane();

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        Wire(out var offer, Bit);
        var cut = CutBursts(offer);
        Register(out var offered, Bit, reset: 0);
        Wire(out var taken, Bit);
        When(offer, () => offered.Drive(1)).ElseWhen(taken, () => offered.Drive(0));
        var order = new Pair<Signal, Signal>(cut.Address.Registered(offer, "burstAddress"), cut.Length.WrapSub(1).Registered(offer, "burstLength"));
        var burst = StreamSources.Of(offered, order, taken).AssertStable("burst");
        MAxi.Ar.Drive(burst.Map(b => Axi4Address.Of(MAxi.Format, b.First.Extend(MemoryPort.AddressBits), b.Second)));

        // Beats are joined before they are stored, so that a row beat can leave every cycle when the memory has been ahead.
        var answers = Answers();
        Instance(out var prefetch, new StreamFifo<Signal>(Beat.Type, c.PrefetchBeats / c.Columns, c.PrefetchStyle, looksAhead: true));
        var rowBeats = answers.Widen(c.Columns, "rowBeat");
        prefetch.Push.Valid.Drive(rowBeats.Valid);
        prefetch.Push.Data.Drive(rowBeats.Data);
        rowBeats.Ready.Drive(1);
        Let(out var leaves, Leaves(Complete, Ready));
        prefetch.Pop.Ready.Drive(leaves);
        Beat.Drive(prefetch.Pop.Data);
        Valid.Drive(prefetch.Pop.Valid);
        Coming.Drive(prefetch.Coming!);
        Assert(!rowBeats.Valid | prefetch.Push.Ready, "no beat is on order without room for it");

        // What an order takes is subtracted beside what comes back, so that neither waits for the other.
        Register(out var room, UInt(Sizes.BitsFor(c.PrefetchBeats)), reset: c.PrefetchBeats);
        var returned = (leaves & prefetch.Pop.Valid).RegisteredReset(0, name: "returned");
        var grown = room + Mux(returned, Const(UInt(Sizes.BitsFor(c.Columns)), c.Columns), 0);
        var fits = (room >= cut.Length).RegisteredReset(0, name: "fits");
        var allowed = cut.IsWhole & fits & !offered;
        offer.Drive(Pace is { } pace ? allowed & Paced(pace, offer, cut.Length) : allowed);
        room.Drive(Mux(offer, grown - cut.Length, grown.ToSigned()).Truncate(room.Width).AsUnsigned());
    }

    /// <summary>Whether an order may leave at the rate that the host has set.</summary>
    private static Signal Paced(Signal pace, Signal offer, Signal beats)
    {
        Instance(out var pacer, new ReadPacer());
        pacer.Rate.Drive(pace);
        pacer.Ordered.Drive(offer);
        pacer.Beats.Drive(beats);
        return pacer.Open;
    }

    /// <summary>
    /// The next burst of the present run, one every two cycles at most: what is left of the run and of an aligned block of 16 beats, which lies in one page.
    /// While it is looked at whether there is room for it, the run's address goes on.
    /// </summary>
    private Cut CutBursts(Signal offer)
    {
        var beatShift = Sizes.CeilLog2(configuration.Lanes);
        Register(out var active, Bit, reset: 0);
        Register(out var there, Bit, reset: 0);
        Register(out var whole, Bit, reset: 0);
        Register(out var address, UInt(MemoryPort.ChannelAddressBits));
        Register(out var remaining, UInt(ReadRun.LengthBits));
        var inBlock = address.Slice(beatShift, Sizes.CeilLog2(MemorySizes.MaxBurstBeats));
        var limit = (Const(UInt(5), MemorySizes.MaxBurstBeats) - inBlock).Truncate(5).AsUnsigned();
        Let(out var ends, remaining.Slice(5, ReadRun.LengthBits - 5) == 0 & remaining.Slice(0, 5) <= limit);
        Let(out var cuts, active & (!there | offer));
        Let(out var piece, Mux(ends, remaining.Slice(0, 5), limit));
        var length = piece.Registered(cuts, "length");
        var last = ends.Registered(cuts, "last");
        Let(out var moves, there & !whole);
        var burst = address.Registered(moves, "cutAddress");
        When(cuts, () => there.Drive(1)).ElseWhen(offer, () => there.Drive(0));
        When(moves, () =>
        {
            whole.Drive(1);
            address.Drive((address + (length << beatShift)).Truncate(MemoryPort.ChannelAddressBits));
            remaining.Drive(remaining.WrapSub(length));
            active.Drive(!last);
        }).ElseWhen(offer, () => whole.Drive(0));

        // The next run comes in the cycle in which the last burst of this one has been cut off.
        Runs.Ready.Drive(!active | (moves & last));
        When(Runs.Fire, () =>
        {
            active.Drive(1);
            address.Drive(Runs.Data.Address);
            remaining.Drive(Runs.Data.Beats);
        });
        return new Cut(whole, burst, length);
    }

    /// <summary>The memory's beats behind a register; there is room for each, so none is held up.</summary>
    private Stream<Signal> Answers()
    {
        MAxi.R.Ready.Drive(1);
        var valid = MAxi.R.Valid.RegisteredReset(0, name: "answered");
        var data = MAxi.R.Data.Data.Registered(MAxi.R.Valid, "answer");
        Register(out var failed, Bit, reset: 0);
        When(MAxi.R.Valid & MAxi.R.Data.Failed, () => failed.Drive(1));
        Failed.Drive(failed);
        Wire(out var ready, Bit);
        return StreamSources.Of(valid, data, ready);
    }

    /// <summary>A burst that has been cut off a run: it is complete, its byte address, its beats.</summary>
    private sealed record Cut(Signal IsWhole, Signal Address, Signal Length);
}
