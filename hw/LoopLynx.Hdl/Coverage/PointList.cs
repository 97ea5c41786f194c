using System.Collections.Immutable;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Coverage;

/// <summary>Collects a definition's items and where each is remembered.</summary>
internal sealed class PointList(ProbeRegisters registers)
{
    private readonly List<(CoverageItem Item, List<Func<Func<(ClockDomain, int), CoverageProbe>, CoverageProbe>> Probes)> _points = [];
    private readonly Dictionary<(CoverageKind, string, SourceLocation), int> _ordinals = [];

    /// <summary>The items so far.</summary>
    public ImmutableArray<CoverageItem> Items => [.. _points.Select(p => p.Item)];

    /// <summary>A point that is hit when the bit is 1 at an edge of one of the domains.</summary>
    public void Add(CoverageKind kind, string name, SourceLocation location, IReadOnlyList<ClockDomain> domains, Node condition)
    {
        // A line that nobody can name is nothing to look at; its arms and toggles still are.
        if (kind == CoverageKind.Line && !location.IsKnown)
        {
            return;
        }

        var places = domains.Select(domain => registers.Sticky(domain, condition)).ToList();
        _points.Add((Item(kind, name, location, 1), places.ConvertAll<Func<Func<(ClockDomain, int), CoverageProbe>, CoverageProbe>>(place => words => words(place))));
    }

    /// <summary>One point for each bit of registers of their own, hit in any lane of any of them.</summary>
    public void Add(CoverageKind kind, string name, SourceLocation location, IReadOnlyList<RegisterNode> bits) =>
        _points.Add((Item(kind, name, location, bits[0].Type.Width), [.. bits.Select(register => (Func<Func<(ClockDomain, int), CoverageProbe>, CoverageProbe>)(_ => new CoverageProbe(register.Name!, 0)))]));

    /// <summary>Where each item is remembered.</summary>
    public ImmutableArray<ImmutableArray<CoverageProbe>> Place()
    {
        var words = registers.MakeWords();
        return [.. _points.Select(p => p.Probes.Select(probe => probe(words)).ToImmutableArray())];
    }

    private CoverageItem Item(CoverageKind kind, string name, SourceLocation location, int bits)
    {
        var ordinal = _ordinals.GetValueOrDefault((kind, name, location));
        _ordinals[(kind, name, location)] = ordinal + 1;
        return new CoverageItem(kind, name, location, ordinal, bits);
    }
}
