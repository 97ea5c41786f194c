using System.Runtime.CompilerServices;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>The rules of AXI4 as claims.</summary>
public static class Axi4Protocol
{
    private const int MostIdBits = 4;
    private const int Page = 4096;

    /// <summary>
    /// Checks the bus. Both sides: VALID is 0 in the first cycle after reset; an offered beat stays, unchanged, until it is taken.
    /// Manager: no beat wider than the bus; no reserved burst type; an incrementing burst stays in its 4 KiB; a wrapping one has 2, 4, 8 or 16 beats and an aligned
    /// address, a fixed one at most 16; WLAST on the last beat and only there, also where data comes before its address.
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
        rules.Channel(BusSide.Manager, bus.Aw, "AW");
        rules.Channel(BusSide.Manager, bus.W, "W");
        rules.Channel(BusSide.Manager, bus.Ar, "AR");
        rules.Channel(BusSide.Subordinate, bus.B, "B");
        rules.Channel(BusSide.Subordinate, bus.R, "R");
        Address(rules, bus, bus.Aw, "AW");
        Address(rules, bus, bus.Ar, "AR");
        if (!bus.Format.HasLock)
        {
            rules.RequireWhen(BusSide.Subordinate, bus.B.Valid, bus.B.Data.Response != AxiResponse.ExclusiveOkay, "BRESP isn't EXOKAY without AWLOCK");
            rules.RequireWhen(BusSide.Subordinate, bus.R.Valid, bus.R.Data.Response != AxiResponse.ExclusiveOkay, "RRESP isn't EXOKAY without ARLOCK");
        }

        Writes(rules, bus, outstanding, answerWithin);
        Reads(rules, bus, outstanding, answerWithin);
    }

    /// <summary>The form of a burst.</summary>
    private static void Address(ProtocolRules rules, Axi4 bus, Stream<Axi4Address> channel, string name)
    {
        var (a, m) = (channel.Data, BusSide.Manager);
        var sizes = Enumerable.Range(0, bus.Format.FullSize + 1).ToArray();
        Signal BySize(Func<int, Signal> value) => sizes.Skip(1).Aggregate(value(0), (rest, size) => Mux(a.Size == size, value(size), rest));
        rules.RequireWhen(m, channel.Valid, a.Size <= bus.Format.FullSize, $"{name}SIZE is at most the width of the bus");
        rules.RequireWhen(m, channel.Valid, a.Burst != 3, $"{name}BURST isn't the reserved 3");

        var offset = a.Address.Resize(12);
        var aligned = BySize(size => size == 0 ? Const(Bit, 1) : offset.Slice(0, size) == 0);
        var start = BySize(size => size == 0 ? offset : offset & (Page - (1 << size)));
        var bytes = BySize(size => ((a.Length + 1) << size).Extend(9 + bus.Format.FullSize));
        rules.RequireWhen(m, channel.Valid & a.Burst == AxiBurst.Increment, start + bytes <= Page, $"an incrementing burst of {name} stays in its 4 KiB");
        var wraps = channel.Valid & a.Burst == AxiBurst.Wrap;
        rules.RequireWhen(m, wraps, a.Length == 1 | a.Length == 3 | a.Length == 7 | a.Length == 15, $"a wrapping burst of {name} has 2, 4, 8 or 16 beats");
        rules.RequireWhen(m, wraps, aligned, $"the address of a wrapping burst of {name} is a multiple of its beats' size");
        rules.RequireWhen(m, channel.Valid & a.Burst == AxiBurst.Fixed, a.Length <= 15, $"a fixed burst of {name} has at most 16 beats");
    }

    /// <summary>Data belongs to addresses in order, and may come before them; answers belong to what was taken whole.</summary>
    private static void Writes(ProtocolRules rules, Axi4 bus, int outstanding, int? answerWithin)
    {
        var ids = 1 << bus.Format.IdBits;
        var (idBits, only, m, s) = (Sizes.AddressBits(ids), Const(Bit, 0), BusSide.Manager, BusSide.Subordinate);
        var (aw, w, b) = (bus.Aw, bus.W, bus.B);
        var addressed = new BurstQueues(rules, "addressed", 1, outstanding, UInt(8 + idBits));
        var early = new BurstQueues(rules, "early", 1, outstanding, UInt(8));
        var answers = new BurstQueues(rules, "answers", ids, outstanding, null);

        var beat = rules.Counter(255, "write_beat");
        var ends = w.Fire & w.Data.Last;
        beat.Drive(Mux(ends, 0, Mux(w.Fire, beat.WrapAdd(1), beat)));
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

        var fromAddress = ends & hasAddress;
        var fromEarly = aw.Fire & hasEarly;
        addressed.Move(aw.Fire & !hasEarly & !(direct & ends), only, Cat(awId, aw.Data.Length), fromAddress, only);
        early.Move(ends & !hasAddress & !(direct & ends), only, beat, fromEarly, only);
        rules.RequireWhen(s, aw.Fire, addressed.Count(only) != outstanding, $"at most {outstanding} write addresses wait for their data (outstanding)");
        rules.RequireWhen(s, ends, early.Count(only) != outstanding, $"at most {outstanding} write bursts wait for their addresses (outstanding)");

        var whole = fromAddress | fromEarly | (direct & ends);
        var wholeId = Mux(fromAddress, id, awId);
        var answerId = ids == 1 ? Const(UInt(1), 0) : b.Data.Id;
        answers.Move(whole, wholeId, 1, b.Fire, answerId);
        rules.RequireWhen(s, b.Valid, answers.Count(answerId) != 0, "BVALID answers a write whose address and data were taken before, with its number");
        rules.RequireWhen(s, whole, answers.Count(wholeId) != outstanding, $"at most {outstanding} writes wait for B (outstanding)");
        if (answerWithin is { } cycles)
        {
            rules.InTime("writes", cycles, answers.Any & !b.Valid, "B");
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
        lengths.Move(ar.Fire, arId, ar.Data.Length, r.Fire & r.Data.Last, rId);
        if (answerWithin is { } cycles)
        {
            rules.InTime("reads", cycles, lengths.Any & !r.Valid, "R");
        }
    }
}
