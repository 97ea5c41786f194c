using LoopLynx.Synthesis.Cells;
using LoopLynx.Synthesis.Flat;
using LoopLynx.Synthesis.Timing;

namespace LoopLynx.Synthesis.Resources;

/// <summary>Counts cells per module, before and after registers are absorbed.</summary>
public static class ResourceAnalysis
{
    /// <summary>Counts.</summary>
    /// <param name="mapped">The design as Yosys mapped it; its cells have their models.</param>
    /// <param name="absorbed">The same design with its registers absorbed.</param>
    /// <param name="nodeDepth">Levels below the top at which the nodes lie: 0 where the top is the node.</param>
    /// <param name="cancel">Ends it between its passes over the netlist.</param>
    public static ResourceReport Run(FlatDesign mapped, FlatDesign absorbed, int nodeDepth = 0, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        var own = new ResourceCount[mapped.Instances.Count];
        foreach (var cell in mapped.Cells)
        {
            own[cell.Instance.Index] += Count(cell);
        }

        foreach (var cell in absorbed.Cells.Where(c => c.Model.Kind == CellKind.FlipFlop))
        {
            own[cell.Instance.Index] += new ResourceCount { FfAbsorbed = 1 };
        }

        var total = own.ToArray();
        foreach (var instance in mapped.Instances.Reverse().Where(i => i.Parent is not null))
        {
            total[instance.Parent!.Index] += total[instance.Index];
        }

        cancel.ThrowIfCancellationRequested();
        var levels = LogicLevels(absorbed);
        cancel.ThrowIfCancellationRequested();
        var kernels = mapped.Instances.Where(i => i.Depth > nodeDepth).GroupBy(i => i.Module.Name)
            .Select(g => new KernelResources(g.Key, g.Count(), g.Min(i => i.Depth) - nodeDepth, Sum(g, total), Sum(g, own), g.Max(i => levels[i.Index])));
        var nodes = mapped.Instances.Where(i => i.Depth == nodeDepth).ToArray();
        var node = nodes.MaxBy(n => mapped.Instances.Count(i => i.Ancestor(nodeDepth) == n))!;
        return new([.. kernels.OrderBy(k => k.Depth).ThenByDescending(k => k.Total.Lut)], total[node.Index], total[0], Unregistered(absorbed));
    }

    private static ResourceCount Sum(IEnumerable<FlatInstance> instances, ResourceCount[] counts) =>
        instances.Aggregate(default(ResourceCount), (sum, i) => sum + counts[i.Index]);

    private static ResourceCount Count(FlatCell cell) => cell.Model.Kind switch
    {
        CellKind.Lut => new() { Lut = 1 },
        CellKind.LutRam => new() { LutRam = cell.Model.Size },
        CellKind.FlipFlop => new() { Ff = 1 },
        // Of a site's two halves the lower one counts.
        CellKind.Carry => new() { Carry8 = cell.Model.Name.EndsWith("upper", StringComparison.Ordinal) ? 0 : 1 },
        CellKind.Dsp => new() { Dsp = 1 },
        CellKind.BlockRam => new() { Bram18 = cell.Model.Size },
        CellKind.UltraRam => new() { Uram = 1 },
        _ => default,
    };

    private static int[] LogicLevels(FlatDesign design)
    {
        var graph = new TimingGraph(design, "clk");
        var levels = new Levels(graph);
        var most = new int[design.Instances.Count];
        foreach (var end in graph.Endpoints.Where(e => e.Cell >= 0 && e.State == EndpointState.Timed))
        {
            var instance = design.Cells[end.Cell].Instance.Index;
            most[instance] = Math.Max(most[instance], levels.At(end));
        }

        return most;
    }

    private static List<UnregisteredCell> Unregistered(FlatDesign design)
    {
        var found = new List<UnregisteredCell>();
        var use = new NetUse(design);
        foreach (var cell in design.Cells)
        {
            var missing = cell.Model.Kind switch
            {
                CellKind.Dsp => string.Concat(new[] { "A", "B", "M", "P" }.Where(r => !cell.Cell.Registers($"{r}REG") && !IsConstant(cell, r))),
                CellKind.BlockRam =>
                    Outputs(use, cell, "DOA_REG", "DOUTADOUT", "DOUTPADOUTP") || Outputs(use, cell, "DOB_REG", "DOUTBDOUT", "DOUTPBDOUTP") ? "output" : "",
                CellKind.UltraRam => Outputs(use, cell, "OREG_A", "DOUT_A") || Outputs(use, cell, "OREG_B", "DOUT_B") ? "output" : "",
                _ => "",
            };
            if (missing.Length > 0)
            {
                found.Add(new(cell.Path, cell.Cell.Type, cell.Instance.Module.Name, missing));
            }
        }

        return found;
    }

    private static bool IsConstant(FlatCell cell, string port) => port is "A" or "B" && Nets(cell, port).All(FlatDesign.IsConstant);

    private static bool Outputs(NetUse use, FlatCell cell, string register, params string[] ports) =>
        !cell.Cell.Registers(register) && ports.SelectMany(p => Nets(cell, p)).Any(n => !FlatDesign.IsConstant(n) && use.Loads(n).Length + use.Outputs(n) > 0);

    private static IEnumerable<int> Nets(FlatCell cell, string port) => cell.Nets.Where((_, i) => cell.Model.Pins[i].Port == port);
}
