using LoopLynx.Formal.Tests.Harness;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Formal.Tests.Cases;

/// <summary>Registers and FIFOs in a stream's path.</summary>
internal static partial class ProofCases
{
    private static ProofCase Stage() => new("stage", [Word], [Word], h =>
    {
        h.Sink.Drive(h.Source.Stage());
        var board = Scoreboard.Watch("board", h.Source, h.Sink, h.Pick(), capacity: 2);
        Flow(h, board, cycles: 1);
        var (valid, data) = (h.Probe("stage_valid"), h.Probe("stage_data"));
        h.Invariant(board.Inside == valid + board.Waiting, "what is inside is in the register or offered");
        h.Invariant(!(board.Watching & board.Ahead == 0 & valid) | data == board.Value, "the register holds the first beat");
        Offered(h, board);
    })
    {
        Probes = [new("stage_valid", Bit), new("stage_data", Word)],
    };

    private static ProofCase Skid() => new("skid", [Word], [Word], h =>
    {
        h.Sink.Drive(h.Source.Skid());
        var board = Scoreboard.Watch("board", h.Source, h.Sink, h.Pick(), capacity: 2);
        Flow(h, board, cycles: 2);
        var (full, data) = (h.Probe("skid_full"), h.Probe("skid_data"));
        h.Invariant(board.Inside == full + board.Waiting, "what is inside is in the buffer or offered");
        h.Invariant(!(board.Watching & board.Ahead == 0 & full) | data == board.Value, "the buffer holds the first beat");
        Offered(h, board);
    })
    {
        Induction = 2,
        Probes = [new("skid_full", Bit), new("skid_data", Word)],
    };

    private static ProofCase Isolate(bool isFar = false) => new(isFar ? "isolateFar" : "isolate", [Word], [Word], h =>
    {
        h.Sink.Drive(h.Source.Isolate(isFar: isFar));
        var board = Scoreboard.Watch("board", h.Source, h.Sink, h.Pick(), capacity: 3);
        Flow(h, board, cycles: 2);
        var (full, held, valid, data) = (h.Probe("isolate_skid_full"), h.Probe("isolate_skid_data"), h.Probe("isolate_stage_valid"), h.Probe("isolate_stage_data"));
        h.Invariant(board.Inside == full + valid + board.Waiting, "what is inside is in a register or offered");
        h.Invariant(!(board.Watching & board.Ahead == 0 & full) | held == board.Value, "the buffer holds the first beat");
        h.Invariant(!(board.Watching & board.Ahead == full & valid) | data == board.Value, "the stage holds the next beat");
        Offered(h, board);
    })
    {
        // Copies of a flag are modules of their own, which no invariant can name.
        Induction = isFar ? null : 2,
        Depth = isFar ? 14 : 8,
        Probes = [new("isolate_skid_full", Bit), new("isolate_skid_data", Word), new("isolate_stage_valid", Bit), new("isolate_stage_data", Word)],
    };

    private static ProofCase Fifo(int depth, MemoryStyle style, bool lateValid = false)
    {
        var synchronous = style == MemoryStyle.Block;
        return new($"fifo{(lateValid ? "LateValid" : $"{style}")}{depth}", [Word], [Word], h =>
        {
            h.Sink.Drive(h.Source.Fifo(depth, style, lateValid: lateValid));
            var board = Scoreboard.Watch("board", h.Source, h.Sink, h.Pick(), depth + (synchronous ? 3 : 1));
            Flow(h, board, cycles: synchronous ? 4 : 2);
            var filled = synchronous ? h.Probe("fifo.filled") : Const(Bit, 0);
            var read = synchronous ? h.Probe("fifo.read") : Const(Bit, 0);
            FifoInvariants(h, "fifo", depth, board, filled + read);
            h.Invariant(board.Inside == h.Probe("fifo.count") + filled + read + board.Waiting, "what is inside is in the memory, in its registers or offered");
            if (synchronous)
            {
                h.Invariant(h.Probe("fifo.holds") == (h.Probe("fifo.count") != 0), "the flag says whether the memory holds a beat");
                h.Invariant(!(board.Watching & read & board.Ahead == filled) | h.Probe("fifo.rows_data_read") == board.Value, "the memory's register holds the next beat");
                h.Invariant(!(board.Watching & filled & board.Ahead == 0) | h.Sink.Data == board.Value, "the output register holds the first beat");
            }

            Offered(h, board);
        })
        {
            Induction = synchronous ? 4 : 2,
            Depth = depth + 7,
            Probes = [.. FifoProbes("fifo", depth), .. synchronous ? [new Probe("fifo.filled", Bit), new Probe("fifo.read", Bit), new Probe("fifo.holds", Bit), new Probe("fifo.rows_data_read", Word)] : Array.Empty<Probe>()],
        };
    }

    private static Probe[] FifoProbes(string name, int depth)
    {
        var pointer = UInt(Sizes.AddressBits(depth));
        return [new($"{name}.head", pointer), new($"{name}.tail", pointer), new($"{name}.count", UInt(Sizes.BitsFor(depth))),
            .. Enumerable.Range(0, depth).Select(row => new Probe($"{name}.rows_data[{row}]", Word))];
    }

    /// <summary>What is true of a FIFO's pointers and rows; <paramref name="filled"/> counts the beats that have left the memory for its registers.</summary>
    private static void FifoInvariants(ProofHarness h, string name, int depth, Scoreboard board, Signal filled)
    {
        var (head, tail, count) = (h.Probe($"{name}.head"), h.Probe($"{name}.tail"), h.Probe($"{name}.count"));
        h.Invariant(head < depth & tail < depth, "pointers are inside the memory");
        h.Invariant(count <= depth, "no more than fit");
        h.Invariant(tail == Modulo(head + count, depth), "the tail is as far from the head as there are beats");
        var place = board.Ahead.WrapSub(filled);
        for (var row = 0; row < depth; row++)
        {
            var here = board.Watching & board.Ahead >= filled & place < count & Modulo(head + place, depth) == row;
            h.Invariant(!here | h.Probe($"{name}.rows_data[{row}]") == board.Value, "the watched beat is in its row");
        }
    }

    /// <summary>A value below twice <paramref name="depth"/>, modulo it.</summary>
    private static Signal Modulo(Signal value, int depth) => Mux(value >= depth, value - depth, value.ToSigned()).AsUnsigned();

    /// <summary>If the watched beat is the one that the source still offers, the source shows its data.</summary>
    private static void Offered(ProofHarness h, Scoreboard board) =>
        h.Invariant(!(board.Watching & board.Waiting & board.Ahead + 1 == board.Inside) | h.Source.Data == board.Value, "the beat that is still offered is the last one inside");
}
