namespace LoopLynx.Accelerator;

/// <summary>
/// Stands between a part of the kernel and one of its AXI ports: adds the buffer's address, knows what the memory still owes, sees errors and silence, and can
/// end the part's traffic by the bus's rules when the part itself is to be reset.
/// </summary>
/// <remarks>
/// While it drains it takes no further order, sends what it has taken, and takes every answer; the part sees none. A write is a burst of one beat
/// whose address and data are bound to each other before either leaves, so none is ever begun without its data. Latency: two registers for orders of
/// reads and for addresses of writes, one for answers.
/// </remarks>
/// <param name="format">The bus.</param>
/// <param name="takesAll">The part is ready for every answer, so RREADY is constantly 1.</param>
public sealed class ChannelGuard(Axi4Format format, bool takesAll) : Module
{
    /// <summary>Bits of the watchdog's count.</summary>
    public const int WatchBits = 32;

    /// <summary>Bits of a counter of beats.</summary>
    public const int CountBits = 32;

    // Bursts that are on order; the node's engines order fewer.
    private const int MostBursts = MemoryPort.MostOutstanding;

    // Orders that pass before a full FIFO of bursts is seen: its count and the word are registers.
    private const int RoomMargin = 4;

    private const int DataDepth = 4;

    /// <summary>The part's bus, addresses from 0.</summary>
    public readonly Axi4 Inner = Axi4.Subordinate(format);

    /// <summary>The kernel's port.</summary>
    public readonly Axi4 MAxi = Axi4.Manager(format);

    /// <summary>Address of the buffer; stable while anything is on order.</summary>
    public readonly Signal Base = Input(UInt(MemoryPort.AddressBits));

    /// <summary>From the next cycle on orders are no longer taken, and answers not passed on.</summary>
    public readonly Signal Draining = Input(Bit);

    /// <summary>Cycles without an answer after which a channel that owes some is silent.</summary>
    public readonly Signal Patience = Input(UInt(WatchBits));

    /// <summary>Forgets the fault, and counts beats from 0.</summary>
    public readonly Signal Restart = Input(Bit);

    /// <summary>The memory owes nothing.</summary>
    public readonly Signal Quiet = Output(Bit);

    /// <summary>What has gone wrong since <see cref="Restart"/>, a <see cref="KernelFault"/>; the first counts.</summary>
    public readonly Signal Fault = Output(FaultType);

    /// <summary>The address of the burst that it concerns, in the memory.</summary>
    public readonly Signal FaultAddress = Output(UInt(MemoryPort.AddressBits));

    /// <summary>Beats that the memory has delivered since <see cref="Restart"/>.</summary>
    public readonly Signal Beats = Output(UInt(CountBits));

    /// <summary>Cycles in which it owed beats and delivered none.</summary>
    public readonly Signal Stalls = Output(UInt(CountBits));

    /// <summary>Type of a <see cref="KernelFault"/>.</summary>
    public static HdlType FaultType { get; } = UInt(Sizes.AddressBits(Enum.GetValues<KernelFault>().Length));

    /// <inheritdoc/>
    public override string Summary => "what a memory port owes, its errors and its end";

    /// <inheritdoc/>
    protected override void Build()
    {
        var draining = Draining.RegisteredReset(0, name: "isDraining");
        var restart = Restart.RegisteredReset(0, name: "restarts");
        var reads = Reads(draining);
        var writes = Writes(draining);
        Quiet.Drive((reads.None & writes.None).RegisteredReset(1, name: "quiet"));
        var owes = (!reads.None | !writes.None).RegisteredReset(0, name: "owes");

        // A part that takes no answers isn't the memory's fault.
        var waits = ((!reads.None & MAxi.R.Ready) | (!writes.None & MAxi.B.Ready)).RegisteredReset(0, name: "waits");
        var answered = (reads.Answered | writes.Answered).RegisteredReset(0, name: "answered");
        Register(out var waited, UInt(WatchBits), reset: 0);
        When(!waits | answered | restart, () => waited.Drive(0)).Else(() => waited.Drive(waited.WrapAdd(1)));
        var silent = (waited == Patience & waits).RegisteredReset(0, name: "silent");

        Register(out var fault, FaultType, reset: 0);
        Register(out var address, UInt(MemoryPort.AddressBits), reset: 0);
        Signal Kind(KernelFault kind) => Const(FaultType, (int)kind);
        var kind = Mux(reads.Failed, Kind(KernelFault.ReadError), Mux(writes.Failed, Kind(KernelFault.WriteError), Kind(KernelFault.SilentChannel)));
        var ofRead = reads.Failed | (!writes.Failed & !reads.None);
        var seen = (silent | writes.Failed | reads.Failed).RegisteredReset(0, name: "seen");
        var (seenKind, seenAddress) = (kind.Registered(name: "seenKind"), Mux(ofRead, reads.Address, writes.Address).Registered(name: "seenAddress"));
        When(restart, () => fault.Drive(KernelFault.None)).ElseWhen(seen & fault == KernelFault.None, () =>
        {
            fault.Drive(seenKind);
            address.Drive(seenAddress);
        });
        Fault.Drive(fault);
        FaultAddress.Drive(address);
        Count(Beats, restart, reads.Answered.RegisteredReset(0, name: "beat"), "beats");
        Count(Stalls, restart, owes & !answered, "stalls");
    }

    /// <summary>A direction: whether nothing is owed, an answer has come, it says error, and the address of what is owed first.</summary>
    private sealed record Traffic(Signal None, Signal Answered, Signal Failed, Signal Address);

    private Traffic Reads(Signal draining)
    {
        Instance(out var bursts, new StreamFifo<Signal>(UInt(MemoryPort.AddressBits), MostBursts, MemoryStyle.Distributed));
        var room = (bursts.Count < MostBursts - RoomMargin).RegisteredReset(1, name: "room");
        var orders = Inner.Ar.Isolate("entry", isFar: true).DropWhen(draining, "refused").Gate(room, "orders").Map(Placed);
        bursts.Push.Valid.Drive(orders.Fire);
        Assert(!orders.Fire | bursts.Push.Ready, "an order finds a place among those that are owed");
        bursts.Push.Data.Drive(orders.Data.Address);
        var ordered = orders.Fire;
        var length = orders.Data.Length;
        MAxi.Ar.Drive(orders.Isolate("order"));

        var answers = takesAll ? Taken() : MAxi.R.Isolate("answer");
        Let(out var comes, answers.Fire);
        Inner.R.Drive(answers.DropWhen(draining, "drained"));
        var came = comes.RegisteredReset(0, name: "came");
        bursts.Pop.Ready.Drive(came & answers.Data.Last.Registered(name: "wasLast"));
        var failed = (came & answers.Data.Failed.Registered(name: "hasFailed")).RegisteredReset(0, name: "readFailed");
        Register(out var owed, UInt(Sizes.BitsFor(MostBursts * MemorySizes.MaxBurstBeats)), reset: 0);
        var more = Mux(ordered, (length + 1).Resize(owed.Width), Const(owed.Type, 0));
        owed.Drive((owed + more - came).Truncate(owed.Width).AsUnsigned());
        return new Traffic(owed == 0, comes, failed, bursts.Pop.Data.Registered(name: "readAddress"));
    }

    /// <summary>Answers behind a register that nothing holds up.</summary>
    private Stream<Axi4Read> Taken()
    {
        MAxi.R.Ready.Drive(1);
        Wire(out var ready, Bit);
        var beat = MAxi.R.Data;
        Signal Held(Signal value, string part) => value.Registered(name: $"answer_{part}");
        var taken = beat with { Data = Held(beat.Data, "data"), Response = Held(beat.Response, "response"), Last = Held(beat.Last, "last") };
        var valid = MAxi.R.Valid.RegisteredReset(0, name: "answer_valid");
        Assert(!valid | ready, "the part takes every answer");
        return StreamSources.Of(valid, taken, ready);
    }

    private Traffic Writes(Signal draining)
    {
        // A beat of data is bound when it has found its address, and may leave when that has left; one that isn't bound is dropped with the rest.
        Instance(out var beats, new StreamFifo<Axi4Write>(Payloads.TypesOf(Inner.W.Data), DataDepth, MemoryStyle.Distributed));
        beats.Push.Drive(Inner.W);
        Credits(out var loose, DataDepth, initial: 0);
        Credits(out var bound, DataDepth, initial: 0);
        Credits(out var named, MemoryPort.MostOutstanding, initial: 0);
        var names = Inner.Aw.Isolate("name", isFar: true).DropWhen(draining, "unnamed").Map(Placed).Gate(loose.Any, "binds");
        Let(out var binds, names.Fire);
        var last = names.Data.Address.Registered(binds, "writeAddress");
        var address = names.Isolate("address");
        MAxi.Aw.Drive(address);

        Wire(out var ready, Bit);
        var data = StreamSources.Of(beats.Pop.Valid & named.Any, beats.Pop.Data, ready);
        Let(out var sent, data.Fire);
        Let(out var dropped, draining & loose.Any & !bound.Any);
        MAxi.W.Drive(data);
        beats.Pop.Ready.Drive(sent | dropped);
        loose.Move(take: binds | dropped, give: beats.Push.Fire);
        bound.Move(take: sent, give: binds);
        named.Move(take: sent, give: address.Fire);

        var answers = MAxi.B.Isolate("written");
        Inner.B.Drive(answers.DropWhen(draining, "dropped"));
        Credits(out var owed, MemoryPort.MostOutstanding, initial: 0);
        owed.Move(take: answers.Fire, give: binds.RegisteredReset(0, name: "begun"));
        var failed = (answers.Fire & answers.Data.Failed).RegisteredReset(0, name: "writeFailed");
        return new Traffic(!owed.Any, answers.Fire, failed, last);
    }

    private Axi4Address Placed(Axi4Address order) => order with { Address = (Base + order.Address).Truncate(MemoryPort.AddressBits) };

    private static void Count(Signal output, Signal restart, Signal counted, string name)
    {
        Register(out var count, UInt(CountBits), reset: 0, name);
        When(restart, () => count.Drive(0)).ElseWhen(counted, () => count.Drive(count.WrapAdd(1)));
        output.Drive(count);
    }
}
