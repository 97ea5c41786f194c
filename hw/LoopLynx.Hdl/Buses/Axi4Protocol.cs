using System.Runtime.CompilerServices;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>The rules of AXI4 as claims.</summary>
public static class Axi4Protocol
{
    private const int MostIdBits = 4;
    private const int Page = 4096;
    private const int PageBits = 12;

    /// <summary>
    /// Checks the bus. Both sides: VALID is 0 in the first cycle after reset; an offered beat stays, unchanged, until it is taken.
    /// Manager: no beat wider than the bus; no reserved burst type (where the format has <see cref="Axi4Format.FullBursts"/>: none but full beats that increment);
    /// an incrementing burst stays in its 4 KiB; a wrapping one has 2, 4, 8 or 16 beats and an aligned
    /// address, a fixed one at most 16; WLAST on the last beat and only there, also where data comes before its address,
    /// which it may not where the format has <see cref="Axi4Format.AddressesFirst"/>.
    /// Subordinate: every B answers a write whose address and data were taken before, and whose number it carries; every R a read; RLAST on the last beat
    /// and only there; no EXOKAY without AxLOCK; never more than <paramref name="outstanding"/> requests; an answer within <paramref name="answerWithin"/> cycles.
    /// The module's own duties are asserted, the other side's assumed, unless said otherwise.
    /// </summary>
    /// <remarks>Reads of different numbers may be interleaved. Numbers have at most 4 bits. Strobes of narrow beats and exclusive pairs aren't checked.</remarks>
    /// <param name="bus">The bus; it is only watched.</param>
    /// <param name="manager">What to do with the manager's duties.</param>
    /// <param name="subordinate">What to do with the subordinate's duties.</param>
    /// <param name="outstanding">Most requests of each kind (and of each number) that wait for an answer, a power of two: the size of the checker's queues.</param>
    /// <param name="answerWithin">Cycles without VALID on B or R while a request waits for it; null: no limit.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public static void CheckProtocol(this Axi4 bus, ProtocolClaim manager = ProtocolClaim.ByDirection, ProtocolClaim subordinate = ProtocolClaim.ByDirection,
        int outstanding = 8, int? answerWithin = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (!int.IsPow2(outstanding) || bus.Format.IdBits > MostIdBits)
        {
            throw new HdlException("HDL0501", $"an AXI4 check can't count {outstanding} outstanding requests with numbers of {bus.Format.IdBits} bits", $"it counts a power of two of requests, and numbers of at most {MostIdBits} bits");
        }

        var rules = new ProtocolRules(bus.Name, bus.Side, manager, subordinate, file, line);
        var (m, s) = (BusSide.Manager, BusSide.Subordinate);
        BusChannel[] writes = bus.Format.HasWrites ? [BusChannel.Of(m, bus.Aw, "AW"), BusChannel.Of(m, bus.W, "W"), BusChannel.Of(s, bus.B, "B")] : [];
        BusChannel[] reads = bus.Format.HasReads ? [BusChannel.Of(m, bus.Ar, "AR"), BusChannel.Of(s, bus.R, "R")] : [];
        rules.Channels([.. writes, .. reads]);
        if (bus.Format.HasWrites)
        {
            // Most cycles of most buses have no write: its rules are looked at where there is one.
            var active = bus.Aw.Valid | bus.W.Valid | bus.B.Valid;
            rules.Within(active, () =>
            {
                Address(rules, bus, bus.Aw, "AW");
                Response(rules, bus, bus.B.Valid, bus.B.Data.Response, "B", "AW");
                Writes(rules, bus, active, outstanding, answerWithin);
            });
        }

        if (bus.Format.HasReads)
        {
            Address(rules, bus, bus.Ar, "AR");
            Response(rules, bus, bus.R.Valid, bus.R.Data.Response, "R", "AR");
            Reads(rules, bus, outstanding, answerWithin);
        }
    }

    private static void Response(ProtocolRules rules, Axi4 bus, Signal valid, Signal response, string name, string address)
    {
        if (!bus.Format.HasLock)
        {
            rules.RequireWhen(BusSide.Subordinate, valid, response != AxiResponse.ExclusiveOkay, $"{name}RESP isn't EXOKAY without {address}LOCK");
        }
    }

    /// <summary>The form of a burst.</summary>
    private static void Address(ProtocolRules rules, Axi4 bus, Stream<Axi4Address> channel, string name)
    {
        var (a, m) = (channel.Data, BusSide.Manager);
        if (bus.Format.FullBursts)
        {
            rules.RequireWhen(m, channel.Valid, a.Size == bus.Format.FullSize, $"{name}SIZE is the width of the bus (FullBursts)");
            rules.RequireWhen(m, channel.Valid, a.Burst == AxiBurst.Increment, $"{name}BURST is increment (FullBursts)");
            Increment(rules, name, a.Address.Resize(PageBits) & (Page - bus.Format.Bytes), (a.Length + 1) << bus.Format.FullSize, channel.Valid);
            return;
        }

        var sizes = Enumerable.Range(0, bus.Format.FullSize + 1).ToArray();
        Signal BySize(Func<int, Signal> value) => sizes.Skip(1).Aggregate(value(0), (rest, size) => Mux(a.Size == size, value(size), rest));
        rules.RequireWhen(m, channel.Valid, a.Size <= bus.Format.FullSize, $"{name}SIZE is at most the width of the bus");
        rules.RequireWhen(m, channel.Valid, a.Burst != 3, $"{name}BURST isn't the reserved 3");

        var offset = a.Address.Resize(PageBits);
        var aligned = BySize(size => size == 0 ? Const(Bit, 1) : offset.Slice(0, size) == 0);
        var start = BySize(size => size == 0 ? offset : offset & (Page - (1 << size)));
        var bytes = BySize(size => ((a.Length + 1) << size).Extend(9 + bus.Format.FullSize));
        Increment(rules, name, start, bytes, channel.Valid & a.Burst == AxiBurst.Increment);
        var wraps = channel.Valid & a.Burst == AxiBurst.Wrap;
        rules.RequireWhen(m, wraps, a.Length == 1 | a.Length == 3 | a.Length == 7 | a.Length == 15, $"a wrapping burst of {name} has 2, 4, 8 or 16 beats");
        rules.RequireWhen(m, wraps, aligned, $"the address of a wrapping burst of {name} is a multiple of its beats' size");
        rules.RequireWhen(m, channel.Valid & a.Burst == AxiBurst.Fixed, a.Length <= 15, $"a fixed burst of {name} has at most 16 beats");
    }

    private static void Increment(ProtocolRules rules, string name, Signal start, Signal bytes, Signal when) =>
        rules.RequireWhen(BusSide.Manager, when, start + bytes <= Page, $"an incrementing burst of {name} stays in its 4 KiB");

    /// <summary>Data belongs to addresses in order, and may come before them; answers belong to what was taken whole.</summary>
    private static void Writes(ProtocolRules rules, Axi4 bus, Signal active, int outstanding, int? answerWithin)
    {
        var ids = 1 << bus.Format.IdBits;
        var (idBits, only, m, s) = (Sizes.AddressBits(ids), Const(Bit, 0), BusSide.Manager, BusSide.Subordinate);
        var (aw, w, b) = (bus.Aw, bus.W, bus.B);
        var addressed = new BurstQueues(rules, "addressed", 1, outstanding, UInt(8 + idBits));

        // A burst whose address is offered beside its data may be over before the address is taken, and the next one's address comes after that.
        var early = new BurstQueues(rules, "early", 1, bus.Format.AddressesFirst ? 1 : outstanding, UInt(8));
        var answers = new BurstQueues(rules, "answers", ids, outstanding, null);

        var beat = rules.Counter(255, "write_beat");
        var ends = w.Fire & w.Data.Last;
        beat.Drive(Mux(active, Mux(w.Fire, Mux(w.Data.Last, 0, beat.WrapAdd(1)), beat), beat));
        var hasAddress = addressed.Count(only) != 0;
        var hasEarly = early.Count(only) != 0;
        var front = addressed.Front(only);
        var (length, id) = (front.Slice(0, 8), front.Slice(8, idBits));
        var awId = ids == 1 ? Const(UInt(1), 0) : aw.Data.Id;

        // The burst whose data goes on now is the oldest address, or the one that is taken in this cycle, or one that hasn't come yet.
        var direct = aw.Fire & !hasAddress & !hasEarly;
        var expected = Mux(hasAddress, length, aw.Data.Length);
        rules.RequireWhen(m, w.Valid & (hasAddress | (direct & w.Ready)), w.Data.Last == (beat == expected), "WLAST is 1 on the last beat of a burst and only there");
        rules.RequireWhen(m, direct & !w.Fire, beat <= aw.Data.Length, "WLAST is 1 on the last beat of a burst and only there (address after data)");
        rules.RequireWhen(m, aw.Fire & hasEarly, early.Front(only) == aw.Data.Length, "AWLEN is that of the data that came before its address");

        if (bus.Format.AddressesFirst)
        {
            rules.RequireWhen(m, w.Valid, hasAddress | (aw.Valid & !hasEarly), "no data is offered before its address (AddressesFirst)");
        }

        var fromAddress = ends & hasAddress;
        var fromEarly = aw.Fire & hasEarly;
        addressed.Move(active, aw.Fire & !hasEarly & !(direct & ends), only, Cat(awId, aw.Data.Length), fromAddress, only);
        early.Move(active, ends & !hasAddress & !(direct & ends), only, beat, fromEarly, only);
        rules.RequireWhen(s, aw.Fire, addressed.Count(only) != outstanding, $"at most {outstanding} write addresses wait for their data (outstanding)");
        if (!bus.Format.AddressesFirst)
        {
            rules.RequireWhen(s, ends, early.Count(only) != outstanding, $"at most {outstanding} write bursts wait for their addresses (outstanding)");
        }

        var whole = fromAddress | fromEarly | (direct & ends);
        var wholeId = Mux(fromAddress, id, awId);
        var answerId = ids == 1 ? Const(UInt(1), 0) : b.Data.Id;
        answers.Move(active, whole, wholeId, 1, b.Fire, answerId);
        rules.RequireWhen(s, b.Valid, answers.Count(answerId) != 0, "BVALID answers a write whose address and data were taken before, with its number");
        rules.RequireWhen(s, whole, answers.Count(wholeId) != outstanding, $"at most {outstanding} writes wait for B (outstanding)");
        if (answerWithin is { } cycles)
        {
            rules.Within(answers.Any, () => rules.InTime("writes", cycles, answers.Any & !b.Valid, "B"));
        }
    }

    /// <summary>Each read has as many beats as it asked for.</summary>
    private static void Reads(ProtocolRules rules, Axi4 bus, int outstanding, int? answerWithin)
    {
        var ids = 1 << bus.Format.IdBits;
        var (ar, r, s) = (bus.Ar, bus.R, BusSide.Subordinate);
        var (arId, rId) = ids == 1 ? (Const(UInt(1), 0), Const(UInt(1), 0)) : (ar.Data.Id, r.Data.Id);
        var lengths = new BurstQueues(rules, "reads", ids, outstanding, UInt(8));
        Register(out var beats, UInt(8).Lanes(ids), reset: 0, $"{rules.Bus}_read_beats");
        var asked = lengths.Count(rId) != 0;
        rules.RequireWhen(s, r.Valid, asked, "RVALID answers a read that was taken before, with its number");
        rules.RequireWhen(s, r.Valid & asked, r.Data.Last == (BurstQueues.Pick(beats, rId) == lengths.Front(rId)), "RLAST is 1 on beat ARLEN + 1 of a read and only there");
        rules.RequireWhen(s, ar.Fire, lengths.Count(arId) != outstanding, $"at most {outstanding} reads wait for R (outstanding)");
        beats.Drive(Mux(lengths.Mask(rId) & r.Fire, Mux(r.Data.Last, Const(UInt(8), 0), beats.WrapAdd(1)), beats));
        lengths.Move(ar.Valid | (r.Valid & r.Data.Last), ar.Fire, arId, ar.Data.Length, r.Fire & r.Data.Last, rId);
        if (answerWithin is { } cycles)
        {
            rules.InTime("reads", cycles, lengths.Any & !r.Valid, "R");
        }
    }
}
