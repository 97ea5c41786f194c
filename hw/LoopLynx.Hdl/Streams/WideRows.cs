using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>
/// The rows of a FIFO that are wider than one pointer can drive: in pieces, each with copies of the pointers that synthesis keeps. Which row they
/// name in a cycle is what the pointers themselves say.
/// </summary>
internal static class WideRows
{
    /// <summary>Bits of a row from which on its pointers would have too many loads: a cell of distributed memory holds two.</summary>
    public const int MostBits = 512;

    private const int PieceBits = 256;

    /// <summary>Stores a field of each beat. Returns the field of the oldest.</summary>
    /// <param name="name">Prefix of the memories' names.</param>
    /// <param name="field">What is pushed.</param>
    /// <param name="depth">Rows.</param>
    /// <param name="write">The row that is written, whether it is, and whether the tail steps.</param>
    /// <param name="read">The row that is read, and whether the head steps.</param>
    public static Signal Store(string name, Signal field, int depth, (Counter Tail, Signal Writes, Signal Push) write, (Counter Head, Signal Take) read)
    {
        var bits = field.AsBits();
        Signal Piece(int i)
        {
            var low = i * PieceBits;
            var piece = bits.Slice(low, Math.Min(PieceBits, bits.Width - low));
            var rows = Memory($"{name}_{i}", piece.Type, depth, MemoryStyle.Distributed, []);
            rows.Write(write.Tail.Following.Copies(1, write.Push, reset: 0, name: $"{name}_{i}_tail")[0], piece, write.Writes);
            return rows.Read(read.Head.Following.Copies(1, read.Take, reset: 0, name: $"{name}_{i}_head")[0]);
        }

        var pieces = Enumerable.Range(0, (bits.Width + PieceBits - 1) / PieceBits).Select(Piece).ToArray();
        return Cat([.. pieces.Reverse()]).AsLanes(field.Type);
    }
}
