namespace LoopLynx.Accelerator;

/// <summary>
/// The read half of one channel's DMA engine: splits runs into AXI bursts, keeps as many beats on order as the prefetch FIFO has room for, and streams the
/// data in order.
/// </summary>
/// <remarks>
/// Bursts have at most 16 beats and never cross a 4 KiB boundary. Beats on order or stored never exceed the FIFO, so R is always ready.
/// One burst is issued in two cycles at most; with bursts of 16 the channel delivers a beat a cycle.
/// An answer that says error raises <see cref="Failed"/> until reset. Source: LoopLynx III-D, DMA engine in burst mode.
/// </remarks>
public sealed class ReadEngine(NodeConfiguration configuration) : Module
{
    /// <summary>Cycles from a burst for which there is room to its order.</summary>
    public const int OfferLatency = 1;

    // A run is kept before its first burst is cut off.
    private const int RunLatency = 1;

    /// <summary>What to read.</summary>
    public readonly StreamIn<ReadRun> Runs = In<ReadRun>(ReadRun.Types);

    /// <summary>The memory.</summary>
    public readonly Axi4 MAxi = Axi4.Manager(MemoryPort.Format(configuration) with { HasWrites = false });

    /// <summary>The row beats of all runs, in order.</summary>
    public readonly StreamOut<Signal> Beats = Out(configuration.Types.MemoryByte.Lanes(configuration.SliceLanes));

    /// <summary>A read was answered with an error.</summary>
    public readonly Signal Failed = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => "burst reads ahead of compute";

    /// <summary>Cycles from a run to its first order.</summary>
    public static int OrderLatency => RunLatency + OfferLatency;

    /// <summary>Cycles from a row beat's last beat to the row beat: joining, and the prefetch FIFO.</summary>
    public static int DataLatency(NodeConfiguration c) => StreamWidths.WidenLatency(c.Columns) + StreamFifos.Latency(c.PrefetchStyle);

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var beatShift = Sizes.CeilLog2(c.Lanes);
        Register(out var active, Bit, reset: 0);
        Register(out var address, UInt(MemoryPort.ChannelAddressBits));
        Register(out var remaining, UInt(ReadRun.LengthBits));

        // The next burst: what is left of the run, of the page, and 16.
        var pageBits = Sizes.BitsFor(MemorySizes.PageBytes);
        var offset = address.Slice(0, Sizes.CeilLog2(MemorySizes.PageBytes));
        var inPage = (Const(UInt(pageBits), MemorySizes.PageBytes) - offset).Truncate(pageBits).AsUnsigned() >> beatShift;
        var limit = Mux(inPage < MemorySizes.MaxBurstBeats, inPage, MemorySizes.MaxBurstBeats);
        Let(out var length, Mux(remaining < limit, remaining, limit).Truncate(5));

        Register(out var room, UInt(Sizes.BitsFor(c.PrefetchBeats)), reset: c.PrefetchBeats);
        Register(out var offered, Bit, reset: 0);
        var burstAddress = address.Registered(active & !offered);
        var burstLength = length.Registered(active & !offered);
        Let(out var offer, active & !offered & room >= length);
        Wire(out var taken, Bit);
        When(offer, () => offered.Drive(1)).ElseWhen(taken, () => offered.Drive(0));
        var burst = StreamSources.Of(offered, new Pair<Signal, Signal>(burstAddress, burstLength.WrapSub(1)), taken).AssertStable("burst");
        MAxi.Ar.Drive(burst.Map(b => Axi4Address.Of(MAxi.Format, b.First.Extend(MemoryPort.AddressBits), b.Second)));

        Runs.Ready.Drive(!active);
        When(Runs.Fire, () =>
        {
            active.Drive(1);
            address.Drive(Runs.Data.Address);
            remaining.Drive(Runs.Data.Beats);
        }).ElseWhen(offer, () =>
        {
            address.Drive((address + (length << beatShift)).Truncate(MemoryPort.ChannelAddressBits));
            remaining.Drive(remaining.WrapSub(length));
            active.Drive(remaining != length);
        });

        // Beats are joined before they are stored, so that a row beat can leave every cycle when the memory has been ahead.
        var beats = MAxi.R.Map(r => r.Data).Widen(c.Columns, "rowBeat").Fifo(c.PrefetchBeats / c.Columns, c.PrefetchStyle, "prefetch");
        Assert(!MAxi.R.Valid | MAxi.R.Ready, "no beat is on order without room for it");
        var spent = Mux(offer, length, 0);
        room.Drive((room - spent + Mux(beats.Fire, Const(SInt(5), c.Columns), 0)).Truncate(room.Width).AsUnsigned());
        Beats.Drive(beats);

        Register(out var failed, Bit, reset: 0);
        When(MAxi.R.Valid & MAxi.R.Data.Failed, () => failed.Drive(1));
        Failed.Drive(failed);
    }
}
