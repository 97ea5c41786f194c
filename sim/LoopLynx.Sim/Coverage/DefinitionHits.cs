using System.Collections.Immutable;
using System.Numerics;
using LoopLynx.Hdl.Coverage;

namespace LoopLynx.Sim.Coverage;

/// <summary>The points of one definition and which were hit.</summary>
/// <param name="Class">The C# class.</param>
/// <param name="Hash">Of its hardware and its points.</param>
/// <param name="Entries">In the order in which the definition has them.</param>
public sealed record DefinitionHits(string Class, string Hash, ImmutableArray<CoverageEntry> Entries)
{
    /// <summary>What either has hit.</summary>
    /// <exception cref="SimulationException">The points differ: one of them is damaged.</exception>
    internal DefinitionHits With(DefinitionHits other) => Entries.Length == other.Entries.Length && Entries.Zip(other.Entries).All(p => p.First with { Hits = 0 } == p.Second with { Hits = 0 })
        ? this with { Entries = [.. Entries.Zip(other.Entries, (a, b) => a with { Hits = a.Hits | b.Hits })] }
        : throw new SimulationException($"can't merge coverage: the points of '{Class}' {Hash} differ, so a file is damaged; run it again");
}

/// <summary>A point, or the points of a signal's bits, with its hits.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Name">Which one; empty for a line.</param>
/// <param name="File">C# file, relative to the repository; empty if unknown.</param>
/// <param name="Line">1-based.</param>
/// <param name="Ordinal">Number among the entries of the same kind, name and line.</param>
/// <param name="Bits">Points: bits of the signal for a toggle, else 1.</param>
/// <param name="Hits">One bit a point.</param>
public sealed record CoverageEntry(CoverageKind Kind, string Name, string File, int Line, int Ordinal, int Bits, BigInteger Hits);
