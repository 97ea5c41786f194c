using System.Collections.Immutable;
using LoopLynx.Hdl.Coverage;

namespace LoopLynx.Sim.Coverage;

/// <summary>
/// A database read for people: parameterisations of a class are one, and waivers are applied. A line of C# is hit when everything that it makes has been hit, in every class that uses it.
/// </summary>
public sealed class CoverageReport
{
    private CoverageReport(CoverageDatabase database, ImmutableArray<CoveragePoint> points, ImmutableArray<Waiver> idle) => (Database, Points, IdleWaivers) = (database, points, idle);

    /// <summary>All kinds, in the order of the tables.</summary>
    public static ImmutableArray<CoverageKind> Kinds { get; } = [.. Enum.GetValues<CoverageKind>()];

    /// <summary>What was hit.</summary>
    public CoverageDatabase Database { get; }

    /// <summary>All points, by file, line and name.</summary>
    public ImmutableArray<CoveragePoint> Points { get; }

    /// <summary>Waivers that excuse no point: nothing fits them, or what fits is hit.</summary>
    public ImmutableArray<Waiver> IdleWaivers { get; }

    /// <summary>C# files that have points.</summary>
    public IEnumerable<string> Files => Points.Select(p => p.File).Where(f => f.Length > 0).Distinct();

    /// <summary>C# classes of the definitions.</summary>
    public IEnumerable<string> Classes => Points.Select(p => p.Class).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Reads a database.</summary>
    public static CoverageReport Of(CoverageDatabase database, IReadOnlyList<Waiver>? waivers = null)
    {
        waivers ??= [];
        var useful = new HashSet<Waiver>();
        var points = database.Definitions.Values
            .SelectMany(d => d.Entries.SelectMany(e => Enumerable.Range(0, e.Bits).Select(bit => (Key: (d.Class, e.Kind, e.Name, e.File, e.Line, e.Ordinal, bit), e.Bits, IsHit: !(e.Hits >> bit).IsEven))))
            .GroupBy(p => p.Key)
            .Select(g => new CoveragePoint(g.Key.Class, g.Key.Kind, g.Key.Name, g.Key.File, g.Key.Line, g.Key.Ordinal, g.Key.bit, g.Max(p => p.Bits)) { IsHit = g.Any(p => p.IsHit) })
            .Select(p => Waive(p, waivers, useful))
            .OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line).ThenBy(p => p.Kind).ThenBy(p => p.Class, StringComparer.Ordinal).ThenBy(p => p.Name, StringComparer.Ordinal)
            .ThenBy(p => p.Ordinal).ThenBy(p => p.Bit);
        ImmutableArray<CoveragePoint> all = [.. points];
        return new CoverageReport(database, all, [.. waivers.Where(w => !useful.Contains(w))]);
    }

    /// <summary>Points of one kind, of all or of those that are chosen; for lines, lines of C#.</summary>
    public CoverageCount Count(CoverageKind kind, Func<CoveragePoint, bool>? chosen = null)
    {
        var points = Points.Where(p => p.Kind == kind && (chosen is null || chosen(p)));
        return CoverageCount.Of(kind == CoverageKind.Line ? points.GroupBy(p => (p.File, p.Line)).Select(Status) : points.Select(p => Status([p])));
    }

    /// <summary>True: all are hit. False: one is missed. Null: those that aren't hit are waived.</summary>
    public static bool? Status(IEnumerable<CoveragePoint> points)
    {
        bool? status = true;
        foreach (var point in points)
        {
            if (point.IsMissed)
            {
                return false;
            }

            status = point.IsHit ? status : null;
        }

        return status;
    }

    private static CoveragePoint Waive(CoveragePoint point, IReadOnlyList<Waiver> waivers, HashSet<Waiver> useful)
    {
        if (point.IsHit)
        {
            return point;
        }

        var reasons = waivers.Where(w => w.Matches(point)).ToList();
        useful.UnionWith(reasons);
        return reasons.Count == 0 ? point : point with { Waived = reasons[0].Reason };
    }
}
