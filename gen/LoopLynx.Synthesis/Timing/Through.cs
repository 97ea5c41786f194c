using LoopLynx.Synthesis.Flat;
using LoopLynx.Synthesis.Netlist;

namespace LoopLynx.Synthesis.Timing;

/// <summary>Paths from an input of a kernel to an output of it without a register: they join kernels into one, wherever those lie on the die.</summary>
public static class Through
{
    /// <summary>The kernels' outputs that depend on an input without a register, seen from the top.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="place">Where the kernels lie.</param>
    public static IReadOnlyList<string> Outputs(TimingGraph graph, KernelPlace place)
    {
        var kernelOf = graph.Design.Instances.Select(i => place.Kernel(i)?.Index ?? -1).ToArray();
        var inside = Edges(graph, kernelOf);
        var found = new List<string>();
        foreach (var kernel in graph.Design.Instances.Where(i => place.Kernel(i) == i))
        {
            found.AddRange(Outputs(graph, kernel, inside.GetValueOrDefault(kernel.Index, [])));
        }

        return found;
    }

    // Of each kernel the edges through its cells, in topological order.
    private static Dictionary<int, List<(int From, int To)>> Edges(TimingGraph graph, int[] kernelOf)
    {
        var inside = new Dictionary<int, List<(int, int)>>();
        foreach (var point in graph.Order)
        {
            foreach (var edge in graph.Into(point))
            {
                var kernel = kernelOf[graph.Design.Cells[edge.Cell].Instance.Index];
                if (!inside.TryGetValue(kernel, out var edges))
                {
                    inside[kernel] = edges = [];
                }

                edges.Add((edge.From, edge.To));
            }
        }

        return inside;
    }

    private static IEnumerable<string> Outputs(TimingGraph graph, FlatInstance kernel, List<(int From, int To)> edges)
    {
        var reached = new HashSet<int>(Nets(graph.Design, kernel, PortSide.Input).Select(n => n.Net).Where(n => n != graph.Clock && !FlatDesign.IsConstant(n)));
        foreach (var (from, to) in edges)
        {
            if (reached.Contains(from))
            {
                reached.Add(to);
            }
        }

        return Nets(graph.Design, kernel, PortSide.Output).Where(n => reached.Contains(n.Net)).Select(n => kernel.Inside(n.Port)).Distinct();
    }

    private static IEnumerable<(string Port, int Net)> Nets(FlatDesign design, FlatInstance kernel, PortSide side) =>
        kernel.Module.Ports.Where(p => p.Side == side).SelectMany(p => p.Bits.Select(b => (p.Name, design.Net(kernel, b))));
}
