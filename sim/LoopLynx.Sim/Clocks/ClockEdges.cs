using System.Collections.Immutable;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Sim.Clocks;

/// <summary>Which domains an edge moves.</summary>
public static class ClockEdges
{
    /// <summary>The domains of a definition whose clock is one of these domains' clocks: domains that share a clock have their edges together.</summary>
    /// <exception cref="SimulationException">The definition has no such domain.</exception>
    public static ImmutableArray<ClockDomain> Of(Definition top, ReadOnlySpan<ClockDomain> domains)
    {
        var clocks = new HashSet<string>();
        foreach (var domain in domains)
        {
            if (!top.Domains.Contains(domain))
            {
                throw new SimulationException($"'{top.Name}' has no clock domain '{domain.Clock}'");
            }

            clocks.Add(domain.Clock);
        }

        return [.. top.Domains.Where(d => clocks.Contains(d.Clock))];
    }
}
