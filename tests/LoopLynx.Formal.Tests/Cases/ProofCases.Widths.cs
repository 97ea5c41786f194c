using LoopLynx.Formal.Tests.Harness;
using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Formal.Tests.Cases;

/// <summary>Changing widths, and pipelines.</summary>
internal static partial class ProofCases
{
    private static ProofCase Widen(int count) => new($"widen{count}", [Word], [Word * count], h =>
    {
        h.Sink.Drive(h.Source.Widen(count));
        var board = Scoreboard.Watch("board", h.Source, h.Sink, h.Pick(), capacity: count + 1);
        Flow(h, board, cycles: 1, partsOut: count);
        var (index, full) = (h.Probe("widen_index"), h.Probe("widen_full"));
        h.Invariant(index < count, "the next part is one of them");
        h.Invariant(!full | index == 0, "while a beat waits, no part of the next one is stored");
        h.Invariant(board.Inside == Mux(full, count, index) + board.Waiting, "what is inside is in the parts or offered");
        for (var i = 0; i < count; i++)
        {
            h.Invariant(!(board.Watching & board.Ahead == i & (full | index > i)) | h.Probe($"widen_part{i}") == board.Value, "the watched beat is in its part");
        }

        Offered(h, board);
    })
    {
        Probes = [new("widen_index", UInt(Sizes.AddressBits(count))), new("widen_full", Bit), .. Enumerable.Range(0, count).Select(i => new Probe($"widen_part{i}", Word))],
    };

    private static ProofCase Narrow(int count) => new($"narrow{count}", [Word * count], [Word], h =>
    {
        h.Sink.Drive(h.Source.Narrow(count));
        var board = Scoreboard.Watch("board", h.Source, h.Sink, h.Pick(), capacity: count);
        h.Sink.AssertStable("sink");
        Progress.Within("output", 1, board.Inside != 0 & h.Sink.Ready, h.Sink.Fire);
        var waited = Progress.Within("input", count, h.Source.Valid & h.Sink.Ready, h.Source.Fire);
        var index = h.Probe("narrow_index");
        h.Invariant(index < count & waited <= index, "the next part is one of them, and every ready cycle gives one");
        h.Invariant(h.Probe("narrow_isLast") == (index == count - 1), "the flag says whether the next part is the last");
        h.Invariant(board.Inside == Mux(board.Waiting, Const(board.Inside.Type, count).WrapSub(index), 0), "the parts that haven't left are inside");
        h.Invariant(index == 0 | board.Waiting, "parts have left only of the beat that is offered");
        h.Invariant(!board.Watching | h.Source.Data.SelectLanes((board.Ahead + index).Truncate(Sizes.AddressBits(count)), 1) == board.Value, "the watched part is in its lane");
    })
    {
        Parts = count,
        Probes = [new("narrow_index", UInt(Sizes.AddressBits(count))), new("narrow_isLast", Bit)],
    };
}
