using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Tests.Buses;

/// <summary>A memory behind AXI4: every kind of burst, one of each direction at a time; data may come before its address. Or with a mistake.</summary>
internal sealed class BurstMemory(Axi4Format format, string mistake = "") : Module
{
    public readonly Axi4 SAxi = Axi4.Subordinate(format);

    protected override void Build()
    {
        Memory(out var rows, UInt(8) * format.Bytes, 4096 / format.Bytes, MemoryStyle.Distributed);
        var words = Sizes.CeilLog2(format.Bytes);
        SAxi.CheckProtocol(outstanding: 64, answerWithin: 600);

        var aw = SAxi.Aw.Fifo(2, name: "aw");
        var w = SAxi.W.Fifo(40, name: "w");
        Wire(out var written, Bit);
        var (to, _) = Burst("write", aw.Data, w.Valid & aw.Valid & written);
        Wire(out var answered, Bit);
        var moves = aw.Valid & w.Valid & (!w.Data.Last | answered);
        written.Drive(moves);
        w.Ready.Drive(moves);
        aw.Ready.Drive(moves & w.Data.Last);
        rows.Write(to.Slice(words, 12 - words), w.Data.Data.AsLanes(UInt(8) * format.Bytes), moves, w.Data.Strobe);
        SAxi.B.Drive(StreamSources.Of(aw.Valid & (mistake == "early B" ? 1 : w.Valid & w.Data.Last), new Axi4Answer(aw.Data.Id, 0), answered).Stage("b"));

        var ar = SAxi.Ar.Fifo(2, name: "ar");
        Wire(out var taken, Bit);
        var reads = ar.Valid & taken;
        var (from, last) = Burst("read", ar.Data, reads);
        ar.Ready.Drive(taken & last);
        var shownLast = mistake == "no RLAST" ? Const(Bit, 0) : last;
        SAxi.R.Drive(StreamSources.Of(ar.Valid, new Axi4Read(ar.Data.Id, rows.Read(from.Slice(words, 12 - words)).AsBits(), 0, shownLast), taken).Stage("r"));
    }

    /// <summary>The byte address of the present beat inside 4 KiB, and whether it is the burst's last.</summary>
    private static (Signal Address, Signal Last) Burst(string name, Axi4Address burst, Signal next)
    {
        Register(out var beat, UInt(8), reset: 0, $"{name}Beat");
        Let(out var last, beat == burst.Length, $"{name}Last");
        When(next, () => beat.Drive(Mux(last, 0, beat.WrapAdd(1))));
        var start = burst.Address.Resize(12);
        var aligned = start.ShiftRight(burst.Size).ShiftLeft(burst.Size, 12);
        var offset = beat.ShiftLeft(burst.Size, 12);
        var going = Mux(beat == 0, start, (aligned + offset).Truncate(12));
        var size = ((burst.Length + 1).ShiftLeft(burst.Size, 13) - 1).Truncate(12).AsUnsigned();
        return (Mux(burst.Burst == AxiBurst.Fixed, start, Mux(burst.Burst == AxiBurst.Wrap, (start & ~size) | (going & size), going)), last);
    }
}
