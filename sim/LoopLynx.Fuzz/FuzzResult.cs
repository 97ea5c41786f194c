using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Fuzz;

/// <summary>What a run found.</summary>
/// <param name="Designs">Designs made.</param>
/// <param name="Cycles">Cycles of the interpreted engine that the others were compared with.</param>
/// <param name="Mismatches">Pairs of a design and an engine that differ from the interpreted one.</param>
/// <param name="Engines">Designs that each engine ran.</param>
/// <param name="OptionSets">Designs that the compiled engine ran with each set of options.</param>
/// <param name="Proved">Designs whose Verilog was proved equivalent to the netlist; the solver had no answer in time for the others that it got.</param>
/// <param name="Failures">The first mismatches with their minimal designs.</param>
public sealed record FuzzResult(
    int Designs, long Cycles, int Mismatches, IReadOnlyDictionary<string, int> Engines, IReadOnlyDictionary<string, int> OptionSets, int Proved, IReadOnlyList<FuzzFailure> Failures)
{
    /// <summary>Pairs of a design and an engine that were compared; a proof without an answer compares nothing.</summary>
    public int Comparisons => Engines.Where(e => e.Key is not (FuzzOptions.Reference or Equivalence.EquivalenceCheck.Name)).Sum(e => e.Value) + Proved;
}

/// <summary>A mismatch and the minimal design that still shows it.</summary>
/// <param name="Seed">The seed that made the first design.</param>
/// <param name="Found">The mismatch of the first design.</param>
/// <param name="Minimal">The mismatch of the minimal design.</param>
/// <param name="Choices">The choices that make the minimal design.</param>
/// <param name="Design">The minimal design.</param>
public sealed record FuzzFailure(int Seed, Mismatch Found, Mismatch Minimal, IReadOnlyList<int> Choices, Design Design);
