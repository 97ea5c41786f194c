using LoopLynx.Synthesis.Timing;

namespace LoopLynx.Synthesis.OpenSta;

/// <summary>Times each kernel of a machine by itself, with OpenSTA too.</summary>
public static class KernelConfirmations
{
    /// <summary>A kernel with as many cells or more is left out: OpenSTA reads a netlist in which each net's delay is a cell of its own.</summary>
    public const int CellLimit = 50_000;

    /// <summary>Times the kernels below the limit, one of each kind, the largest first.</summary>
    /// <param name="design">The machine.</param>
    /// <param name="scope">Its clock, and where its nodes lie.</param>
    /// <param name="progress">Hears which share is done.</param>
    /// <param name="cancel">Ends it, and OpenSTA.</param>
    /// <exception cref="SynthesisException">OpenSTA reports no slack of one.</exception>
    /// <exception cref="LoopLynx.Sim.SimulationException">It isn't installed.</exception>
    public static IReadOnlyList<KernelConfirmation> Run(
        SynthesisedDesign design, TimingScope scope, Action<double>? progress = null, CancellationToken cancel = default)
    {
        var instances = design.Mapped.Instances;
        var modules = instances.Select(i => i.Module).Distinct().ToArray();
        var kernels = instances.Where(i => scope.Place.Kernel(i) == i).Select(i => i.Module).Distinct()
            .Select(m => SynthesisedDesign.Of(modules, m.Name, design.Files, design.Scope, design.Data))
            .Where(k => k.Absorbed.Cells.Count < CellLimit).OrderByDescending(k => k.Absorbed.Cells.Count).ToArray();
        var found = new List<KernelConfirmation>();
        foreach (var kernel in kernels)
        {
            cancel.ThrowIfCancellationRequested();
            var (ours, theirs) = OpenStaCheck.WorstSlack(kernel.Absorbed, kernel.Data, "typical", scope.ClockMhz, cancel);
            found.Add(new(kernel.Absorbed.Top.Name, kernel.Absorbed.Cells.Count, ours, theirs));
            progress?.Invoke((double)found.Count / kernels.Length);
        }

        return found;
    }
}
