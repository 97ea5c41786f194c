using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Checks;

/// <summary>Which clock each port of a design's top follows, read off the netlist.</summary>
public static class PortClocks
{
    /// <summary>
    /// By port name: for an input the clocks that sample it (not through a synchroniser), for an output the clocks whose state reaches it. A design without mistakes has one clock an input at most.
    /// </summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(Design design)
    {
        var top = CrossingCheck.Interface(design.Definitions);
        return top.Samplers.Select(p => (p.Key, p.Value.Where(t => t.Crossing != CrossingKind.Synchroniser)))
            .Concat(top.Sources.Select(p => (p.Key, (IEnumerable<ClockEndpoint>)p.Value)))
            .ToDictionary(p => p.Key, p => (IReadOnlyList<string>)[.. p.Item2.Select(e => e.Clock).Distinct().Order(StringComparer.Ordinal)]);
    }
}
