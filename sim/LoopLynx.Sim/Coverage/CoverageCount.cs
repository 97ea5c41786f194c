namespace LoopLynx.Sim.Coverage;

/// <summary>Points of one kind in a file, a class or a whole report.</summary>
/// <param name="Hit">Hit by a test.</param>
/// <param name="Total">All that need a test: waived ones are left out.</param>
/// <param name="Waived">Not hit, with a reason.</param>
public readonly record struct CoverageCount(int Hit, int Total, int Waived)
{
    /// <summary>Percent of <see cref="Total"/>, rounded down, so that 100 means all; 100 where there is nothing to hit.</summary>
    public double Percent => Total == 0 ? 100 : Math.Floor(1000.0 * Hit / Total) / 10;

    /// <summary>Counts things that are hit (true), missed (false) or waived (null).</summary>
    public static CoverageCount Of(IEnumerable<bool?> hits)
    {
        var (hit, missed, waived) = (0, 0, 0);
        foreach (var one in hits)
        {
            (hit, missed, waived) = one switch { true => (hit + 1, missed, waived), false => (hit, missed + 1, waived), null => (hit, missed, waived + 1) };
        }

        return new CoverageCount(hit, hit + missed, waived);
    }
}
