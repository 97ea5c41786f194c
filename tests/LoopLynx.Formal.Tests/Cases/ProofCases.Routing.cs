using LoopLynx.Formal.Tests.Harness;
using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Formal.Tests.Cases;

/// <summary>Combinators that combine, split and filter.</summary>
internal static partial class ProofCases
{
    private static ProofCase Map() => new("map", [Word], [UInt(3)], h =>
    {
        h.Sink.Drive(h.Source.Map(x => x + 3));
        var board = Scoreboard.Watch("board", h.Source, h.Sink, h.Pick(), capacity: 1, new Route { Expected = h.Source.Data + 3 });
        Flow(h, board, cycles: 1);
        Passing(h, board, h.Source.Data + 3);
    });

    private static ProofCase Gate() => new("gate", [Word], [Word], h =>
    {
        var open = h.Controls[0];
        h.Sink.Drive(h.Source.Gate(open));
        // As the language's page says: who relies on patience doesn't close the gate on a beat that waits.
        Assume(open | !(h.Sink.Valid & !h.Sink.Ready).RegisteredReset(0, null, "gate_stalled"), "the gate stays open while a beat waits in it");
        var board = Scoreboard.Watch("board", h.Source, h.Sink, h.Pick(), capacity: 1);
        Flow(h, board, cycles: 1, open: open);
        Passing(h, board, h.Source.Data);
    })
    {
        Controls = [Bit],
    };

    private static ProofCase Drop() => new("dropWhen", [Word], [Word], h =>
    {
        var drop = h.Source.Data[0];
        h.Sink.Drive(h.Source.DropWhen(drop));
        var board = Scoreboard.Watch("board", h.Source, h.Sink, h.Pick(), capacity: 1, new Route { Keep = !drop });
        Flow(h, board, cycles: 1);
        Assert(!(h.Source.Valid & drop) | h.Source.Ready, "a beat to drop doesn't wait");
        Passing(h, board, h.Source.Data);
    });

    private static ProofCase Join() => new("join", [Word, Word], [UInt(4)], h =>
    {
        h.Sink.Drive(h.Ins[0].Join(h.Ins[1]).Map(p => Cat(p.First, p.Second)));
        h.Sink.AssertStable("sink");
        for (var i = 0; i < 2; i++)
        {
            var board = Scoreboard.Watch($"board{i}", h.Ins[i], h.Sink, h.Pick(i), capacity: 1, new Route { Observed = h.Sink.Data.Slice(2 - (2 * i), 2) });
            Progress.Within($"input{i}", 1, h.Ins[0].Valid & h.Ins[1].Valid & h.Sink.Ready, h.Ins[i].Fire);
            Passing(h, board, h.Ins[i].Data);
        }
    })
    {
        Watches = 2,
    };

    private static ProofCase Fork(int count) => new($"fork{count}", [Word], [.. Enumerable.Repeat(Word, count)], h =>
    {
        foreach (var (way, i) in h.Source.Fork(count).Select((w, i) => (w, i)))
        {
            h.Outs[i].Drive(way);
            h.Outs[i].AssertStable($"sink{i}");
            var board = Scoreboard.Watch($"board{i}", h.Source, h.Outs[i], h.Pick(i), capacity: 1);
            // An output's beat doesn't wait for the other outputs.
            Progress.Within($"output{i}", 1, board.Inside != 0 & h.Outs[i].Ready, h.Outs[i].Fire);
            h.Invariant(board.Inside == (board.Waiting & !h.Probe($"fork{i}_done")), "an output that is done has had the beat that waits");
            h.Invariant(!h.Probe($"fork{i}_done") | board.Waiting, "an output is done only with a beat that waits");
            h.Invariant(!board.Watching | h.Source.Data == board.Value, "the watched beat is the one that is offered");
        }

        Progress.Within("input", 1, h.Source.Valid & h.Outs.Select(o => o.Ready).Aggregate((a, b) => a & b), h.Source.Fire);
    })
    {
        Watches = count,
        Probes = [.. Enumerable.Range(0, count).Select(i => new Probe($"fork{i}_done", Bit))],
    };

    private static ProofCase Demultiplex(int count) => new($"demultiplex{count}", [UInt(4)], [.. Enumerable.Repeat(UInt(4), count)], h =>
    {
        var select = h.Source.Data.Slice(0, 2);
        Assume(!h.Source.Valid | select < count, "the select names an output");
        foreach (var (way, i) in h.Source.Demultiplex(select, count).Select((w, i) => (w, i)))
        {
            h.Outs[i].Drive(way);
            h.Outs[i].AssertStable($"sink{i}");
            var board = Scoreboard.Watch($"board{i}", h.Source, h.Outs[i], h.Pick(i), capacity: 1, new Route { Keep = select == i });
            Progress.Within($"output{i}", 1, h.Source.Valid & select == i & h.Outs[i].Ready, h.Outs[i].Fire & h.Source.Fire);
            h.Invariant(board.Inside == (board.Waiting & select == i), "only the beat that is offered is inside");
            h.Invariant(!board.Watching | h.Source.Data == board.Value, "the watched beat is the one that is offered");
        }
    })
    {
        Watches = count,
    };

    private static ProofCase Arbitrate(int count) => new($"arbitrate{count}", [.. Enumerable.Repeat(Word, count)], [UInt(4)], h =>
    {
        h.Sink.Drive(StreamRouting.Arbitrate([.. h.Ins.Select((s, i) => s.Map(x => Cat(Const(UInt(2), i), x)))]));
        h.Sink.AssertStable("sink");
        var (last, locked) = (h.Probe("arbiter_last"), h.Probe("arbiter_locked"));
        h.Invariant(last < count, "the last choice is a source");
        for (var i = 0; i < count; i++)
        {
            var mine = h.Sink.Data.Slice(2, 2) == i;
            var board = Scoreboard.Watch($"board{i}", h.Ins[i], h.Sink, h.Pick(i), capacity: 1, new Route { Mine = mine, Observed = h.Sink.Data.Slice(0, 2) });
            Passing(h, board, h.Ins[i].Data);
            h.Invariant(!(locked & last == i) | board.Waiting, "the choice is kept for a beat that waits");
            var overtaken = Progress.Fair($"source{i}", count - 1, h.Ins[i].Valid, h.Ins[i].Fire, h.Sink.Fire & !mine);
            h.Invariant(overtaken == 0 | board.Waiting, "only a beat that waits is overtaken");
            Ranks(h, i, count, overtaken, last, locked);
        }

        Progress.Within("output", 1, h.Ins.Select(s => s.Valid).Aggregate((a, b) => a | b) & h.Sink.Ready, h.Sink.Fire);
    })
    {
        Watches = count,
        Probes = [new("arbiter_last", UInt(Sizes.AddressBits(count))), new("arbiter_locked", Bit)],
    };

    /// <summary>Invariant of fairness: how often a source can have been overtaken follows from how far the last choice is before it.</summary>
    private static void Ranks(ProofHarness h, int source, int count, Signal overtaken, Signal last, Signal locked)
    {
        for (var choice = 0; choice < count; choice++)
        {
            var distance = (source - choice + count) % count;
            h.Invariant(last != choice | (distance == 0 ? locked | overtaken == 0 : overtaken + locked <= count - distance), "whose turn it is bounds how many came before");
        }
    }

    /// <summary>A beat that passes without a register: only the one that is offered is inside.</summary>
    private static void Passing(ProofHarness h, Scoreboard board, Signal expected)
    {
        h.Invariant(board.Inside == board.Waiting, "only the beat that is offered is inside");
        h.Invariant(!board.Watching | expected == board.Value, "the watched beat is the one that is offered");
    }
}
