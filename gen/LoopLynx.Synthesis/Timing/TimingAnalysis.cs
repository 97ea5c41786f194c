using LoopLynx.Gen;
using LoopLynx.Synthesis.Cells;
using LoopLynx.Synthesis.Flat;
using LoopLynx.Synthesis.Netlist;

namespace LoopLynx.Synthesis.Timing;

/// <summary>Static timing of a mapped design: analytical, before placement. It knows no exceptions.</summary>
public sealed class TimingAnalysis
{
    private readonly TimingGraph _graph;
    private readonly FlatDesign _design;
    private readonly SourceLines _sources;
    private readonly KernelPlace _place;
    private readonly double _periodNs;
    private readonly Arrivals[] _models;
    private readonly Arrivals _listed;
    private readonly Levels _levels;
    private readonly (MappedPort Port, int Index)[] _outputs;

    private TimingAnalysis(TimingGraph graph, TimingData data, SourceLines sources, TimingScope scope, CancellationToken cancel)
    {
        _graph = graph;
        _design = graph.Design;
        _sources = sources;
        _place = scope.Place;
        _periodNs = (1000 / scope.ClockMhz) - data.UncertaintyNs;
        _models = [.. data.Wires.Select(w => ArrivalsOf(new WireModel(w, data), cancel))];
        _listed = _models.Single(m => m.Wires.Name == scope.Wires);
        cancel.ThrowIfCancellationRequested();
        _levels = new(graph);
        _outputs = [.. _design.Ports(PortSide.Output).Select(p => (p.Port, p.Index))];
    }

    /// <summary>Analyses a design.</summary>
    /// <param name="design">The flat design, its registers absorbed; its cells have their models.</param>
    /// <param name="data">The delays.</param>
    /// <param name="files">The emitted text, for C# lines.</param>
    /// <param name="scope">The clock that is asked for, and what to list.</param>
    /// <param name="cancel">Ends it between its passes over the netlist.</param>
    /// <exception cref="SynthesisException">The netlist has a loop, two drivers of one net, or no clock.</exception>
    public static TimingReport Run(
        FlatDesign design, TimingData data, IEnumerable<VerilogFile> files, TimingScope scope, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        var analysis = new TimingAnalysis(new(design, "clk", scope.Place), data, new(files), scope, cancel);
        cancel.ThrowIfCancellationRequested();
        return analysis.Report(scope.ClockMhz, data.UncertaintyNs, scope.Paths);
    }

    private Arrivals ArrivalsOf(WireModel wires, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return new Arrivals(_graph, wires);
    }

    private TimingReport Report(double clockMhz, double uncertainty, int paths)
    {
        var timed = _graph.Endpoints.Where(e => e.State == EndpointState.Timed).ToArray();
        var untimed = _graph.Endpoints.Where(e => e.State == EndpointState.Untimed).ToArray();
        var typical = _models[0];
        var worst = timed.Length == 0 ? 0 : timed.Max(typical.PathNs);
        var wide = FanOut.Over(_graph);
        var through = Through.Outputs(_graph, _place);
        return new(
            clockMhz, Round(_periodNs - worst), Round(1000 / (worst + uncertainty)), [.. _models.Select(m => Result(m, timed))],
            _graph.Endpoints.Count(e => e.State == EndpointState.Constant), untimed.Length, timed.Count(_levels.IsOver), wide.Count, through.Count,
            Kernels(timed), Worst(timed, paths), timed.CountBy(Kind).OrderByDescending(k => k.Value).ToDictionary(),
            [.. untimed.Take(10).Select(e => Name(e).Path)],
            [.. wide.Take(10).Select(w => $"{_design.Describe(w.Net)}: {w.Loads} loads")], through);
    }

    private static double Round(double ns) => Math.Round(ns, 3);

    private ModelResult Result(Arrivals model, Endpoint[] timed) => new(
        model.Wires.Name, timed.Length == 0 ? 0 : Round(timed.Min(e => _periodNs - model.PathNs(e))), timed.Count(e => model.PathNs(e) > _periodNs),
        timed.Length);

    private string Kind(Endpoint end) =>
        end.Cell < 0 ? "output of the machine" : $"{_design.Cells[end.Cell].Model.Kind} {_design.Cells[end.Cell].Model.Pins[end.Pin].Port}";

    private KernelTiming[] Kernels(Endpoint[] timed) =>
        [.. timed.Where(e => e.Cell >= 0).GroupBy(e => _place.Kernel(_design.Cells[e.Cell].Instance)).Where(g => g.Key is not null)
            .Select(g => new KernelTiming(
                g.Key!.Path, g.Key.Module.Name, Round(g.Max(_models[0].PathNs)), g.Max(_levels.At), g.Count(e => _models[0].PathNs(e) > _periodNs)))
            .OrderByDescending(k => k.WorstNs)];

    // Of paths between the same two registers, bits and copies of a kernel aside, the worst stands for all.
    private TimingPath[] Worst(Endpoint[] timed, int count)
    {
        var found = new List<TimingPath>();
        var seen = new HashSet<(string, string, string)>();
        foreach (var end in timed.OrderByDescending(_listed.PathNs))
        {
            if (found.Count == count)
            {
                break;
            }

            if (Path(end) is var path && seen.Add((Generic(path.From), path.Module, Generic(path.To[(path.To.LastIndexOf('.') + 1)..]))))
            {
                found.Add(path);
            }
        }

        return [.. found];
    }

    private static string Generic(string name) => new([.. name.Where(c => !char.IsDigit(c))]);

    private TimingPath Path(Endpoint end)
    {
        var model = _listed;
        var edges = model.PathTo(end.Net);
        var start = Start(edges.Count == 0 ? end.Net : edges[0].From);
        var name = Name(end);
        var fanout = edges.Select(e => e.From).Append(end.Net).Where(p => p < _graph.Loads.Length).Max(p => _graph.Loads[p]);
        var kinds = edges.Where(e => e.From < _graph.Loads.Length).Select(e => _design.Cells[e.Cell].Model.Kind).ToArray();
        var ns = model.PathNs(end);
        return new(
            start.Path, name.Path, Round(ns), Round(_periodNs - ns), kinds.Count(k => k is CellKind.Lut or CellKind.LutRam), fanout, name.Module, name.Source,
            start.Source,
            string.Join(", ", kinds.CountBy(k => k).Select(k => $"{k.Value} {k.Key}")));
    }

    private (string Path, string Source) Start(int net)
    {
        var (driver, _) = _graph.Use.Driver(net);
        if (driver < 0)
        {
            return ($"input {_design.Describe(net)}", "");
        }

        var cell = _design.Cells[driver];
        return cell.Model.Kind == CellKind.FlipFlop || _design.NameOf(net, cell.Instance)?.Instance == cell.Instance ? OfNet(net, cell) : OfCell(cell);
    }

    private (string Path, string Module, string Source) Name(Endpoint end)
    {
        if (end.Cell < 0)
        {
            var (port, index) = _outputs[end.Pin];
            var top = _design.Top.Name;
            return ($"output {port.Name}{(port.Bits.Length > 1 ? $"[{index}]" : "")}", top, _sources.Of(top, port.Name));
        }

        var cell = _design.Cells[end.Cell];
        var pin = cell.Model.Pins[end.Pin];
        var register = cell.Model.Kind == CellKind.FlipFlop;
        var (path, source) = register ? OfNet(cell.Nets[Enumerable.Range(0, cell.Nets.Length).First(p => cell.Model.Pins[p].IsOutput)], cell) : OfCell(cell);
        return (register && pin.Port == "D" ? path : $"{path}/{pin.Name}", cell.Instance.Module.Name, source);
    }

    private (string Path, string Source) OfNet(int net, FlatCell cell) => _design.NameOf(net, cell.Instance) is { } found
        ? (found.Instance.Inside(found.Name.ToString()), _sources.Of(found.Instance.Module.Name, found.Name.Name))
        : OfCell(cell);

    private (string Path, string Source) OfCell(FlatCell cell) => (cell.Path, _sources.Of(cell.Instance.Module.Name, cell.Cell.Name));
}
