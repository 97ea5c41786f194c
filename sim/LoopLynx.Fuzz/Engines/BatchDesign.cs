using LoopLynx.Fuzz.Designs;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Fuzz.Engines;

/// <summary>Several traced designs as one, for tools that cost much to start.</summary>
/// <param name="Design">All of them side by side.</param>
/// <param name="Cases">Their choices and traces, in order.</param>
public sealed record BatchDesign(Design Design, IReadOnlyList<FuzzCase> Cases)
{
    /// <summary>Makes the designs anew, because a module object can be placed once only.</summary>
    public static BatchDesign Of(IReadOnlyList<FuzzCase> cases) =>
        new(Elaborator.ElaborateUnchecked(new Batch([.. cases.Select(c => RandomTop.Of(new Decisions(c.Choices)))])), cases);

    /// <summary>Number of cycles that all cases have.</summary>
    public int Cycles => Cases.Min(c => c.Trace.Cycles);

    /// <summary>Runs a check; a tool that refuses the whole batch gets its halves, down to the design that it refuses.</summary>
    public static IEnumerable<(FuzzCase Case, Mismatch Mismatch)> Check(string engine, IReadOnlyList<FuzzCase> cases, Func<BatchDesign, IEnumerable<(FuzzCase Case, Mismatch Mismatch)>> check)
    {
        try
        {
            return [.. check(Of(cases))];
        }
        catch (Exception e) when (e is Sim.SimulationException or InvalidOperationException or ArgumentException)
        {
            return cases.Count == 1
                ? [(cases[0], Mismatch.Failed(engine, e))]
                : [.. Check(engine, [.. cases.Take(cases.Count / 2)], check), .. Check(engine, [.. cases.Skip(cases.Count / 2)], check)];
        }
    }
}
