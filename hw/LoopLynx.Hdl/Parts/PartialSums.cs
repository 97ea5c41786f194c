using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>
/// Running sums of terms that come one a cycle, to each sum in turn: of <see cref="Count"/> sums, the n-th term belongs to sum n mod <see cref="Count"/>.
/// A row of weights that is used for several vectors needs as many sums as vectors.
/// </summary>
/// <remarks>
/// One sum is a register. Several are rows of a small memory: read, added and written back in the time until their turn comes again, so the adder has the same
/// path however many there are. Latency <see cref="Latency"/>; a term a cycle, never stalls.
/// </remarks>
/// <param name="Type">Type of a sum; what doesn't fit wraps.</param>
/// <param name="Count">How many sums, at least 1.</param>
public sealed record PartialSums(HdlType Type, int Count = 1)
{
    /// <summary>Cycles from a term to the sum with it.</summary>
    public const int Latency = 1;

    /// <summary>Adds terms. The result is the sum with the term of the cycle before, and stays until the next term's.</summary>
    /// <param name="valid">A term is present.</param>
    /// <param name="first">It is its sum's first: that sum restarts.</param>
    /// <param name="term">The term.</param>
    /// <param name="name">Name of the sum's register.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public Signal Add(Signal valid, Signal first, Signal term, string name, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Register(out var sum, Type, name, file, line);
        var before = Count == 1 ? sum : Kept(valid, sum, name, file, line);
        When(valid, () => sum.Drive((Mux(first, 0, before) + term).Truncate(Type.Width), file, line));
        return sum;
    }

    /// <summary>The sum whose turn it is, from a memory into which each sum goes a cycle after it was made: with two sums just in time.</summary>
    private Signal Kept(Signal valid, Signal sum, string name, string file, int line)
    {
        Counter(out var turn, Count, $"{name}_turn", file, line);
        When(valid, () => turn.Step());
        var rows = Memory($"{name}_rows", Type, Count, MemoryStyle.Distributed, [], file, line);
        var written = turn.Value.Registered(name: $"{name}_written", file: file, line: line);
        var writes = valid.RegisteredReset(0, name: $"{name}_writes", file: file, line: line);
        rows.Write(written, sum, writes);
        return rows.Read(turn.Value);
    }
}
