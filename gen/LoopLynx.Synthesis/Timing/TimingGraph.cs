using LoopLynx.Synthesis.Cells;
using LoopLynx.Synthesis.Flat;
using LoopLynx.Synthesis.Netlist;

namespace LoopLynx.Synthesis.Timing;

/// <summary>
/// The paths between registers as a graph: points are nets and the inner points of cells, edges are a net's way to a pin and from there through the cell.
/// There are no exceptions: no false path, no path of several cycles, and no endpoint that isn't looked at.
/// </summary>
public sealed class TimingGraph
{
    private readonly FlatDesign _design;
    private readonly KernelMap _kernels;
    private readonly int[] _firstEdge;
    private readonly List<Edge> _edges = [];
    private readonly List<Endpoint> _endpoints = [];

    /// <summary>Builds the graph.</summary>
    /// <param name="design">The design; its cells have their models.</param>
    /// <param name="clock">Name of the top's clock input.</param>
    /// <param name="place">Where its nodes and kernels lie; null: the top is the node.</param>
    /// <exception cref="SynthesisException">Two cells drive one net, or a loop has no register.</exception>
    public TimingGraph(FlatDesign design, string clock, KernelPlace? place = null)
    {
        _design = design;
        _kernels = new(design, place ?? new());
        Use = new(design);
        Clock = design.Ports(PortSide.Input).FirstOrDefault(p => p.Port.Name == clock) is { Port: not null } port
            ? port.Net
            : throw new SynthesisException($"{design.Top.Name} has no input '{clock}'; name its clock");
        Starts = new float[design.NetCount];
        Loads = new int[design.NetCount];
        CollectEdges();
        _edges.Sort((a, b) => a.To.CompareTo(b.To));
        _firstEdge = new int[Points + 1];
        foreach (var edge in _edges)
        {
            _firstEdge[edge.To + 1]++;
        }

        for (var point = 0; point < Points; point++)
        {
            _firstEdge[point + 1] += _firstEdge[point];
        }

        Order = TopologicalOrder();
        States = PointStates();
        CollectEndpoints();
    }

    /// <summary>What drives and loads each net.</summary>
    public NetUse Use { get; }

    /// <summary>The clock's net.</summary>
    public int Clock { get; }

    /// <summary>Number of points: the nets first.</summary>
    public int Points { get; private set; }

    /// <summary>Per net, when it is valid behind the clock edge in ns; NaN where no register and no input drives it.</summary>
    public float[] Starts { get; }

    /// <summary>Per net, its loads over the fabric, those within a site left out.</summary>
    public int[] Loads { get; }

    /// <summary>The points so that each comes behind those that it depends on.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>What reaches each point.</summary>
    public EndpointState[] States { get; }

    /// <summary>Every endpoint.</summary>
    public IReadOnlyList<Endpoint> Endpoints => _endpoints;

    /// <summary>The design.</summary>
    public FlatDesign Design => _design;

    /// <summary>The edges that end at a point.</summary>
    public ReadOnlySpan<Edge> Into(int point) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_edges)[_firstEdge[point].._firstEdge[point + 1]];

    /// <summary>How the net at an input pin of a cell gets there.</summary>
    public WireKind WireTo(int cell, int pin) => Wire(cell, pin, _design.Cells[cell].Nets[pin]);

    /// <summary>An edge by its number among all.</summary>
    public Edge EdgeAt(int index) => _edges[index];

    /// <summary>Number of the first edge into a point.</summary>
    public int FirstEdge(int point) => _firstEdge[point];

    /// <summary>A way from a net, or an inner point, to a pin and through its cell.</summary>
    /// <param name="From">Where it begins.</param>
    /// <param name="To">Where it ends.</param>
    /// <param name="Ns">The cell's delay.</param>
    /// <param name="Wire">How the net gets to the pin.</param>
    /// <param name="Cell">The cell that it leads through.</param>
    public readonly record struct Edge(int From, int To, float Ns, WireKind Wire, int Cell);

    private void CollectEdges()
    {
        Array.Fill(Starts, float.NaN);
        foreach (var (_, _, net) in _design.Ports(PortSide.Input))
        {
            Starts[net] = 0;
        }

        Points = _design.NetCount;
        for (var i = 0; i < _design.Cells.Count; i++)
        {
            Collect(i);
        }

        foreach (var (_, _, net) in _design.Ports(PortSide.Output))
        {
            Loads[net]++;
        }
    }

    private void Collect(int index)
    {
        var cell = _design.Cells[index];
        var model = cell.Model;
        Span<WireKind> wires = stackalloc WireKind[model.Pins.Count];
        for (var pin = 0; pin < cell.Nets.Length; pin++)
        {
            var net = cell.Nets[pin];
            if (FlatDesign.IsConstant(net))
            {
                continue;
            }

            if (model.Pins[pin].IsOutput)
            {
                Starts[net] = model.Pins[pin].ClockToOutNs is { } ns ? (float)ns : Starts[net];
                continue;
            }

            wires[pin] = Wire(index, pin, net);
            Loads[net] += wires[pin] is WireKind.Site or WireKind.NextCarry ? 0 : 1;
        }

        foreach (var arc in model.Arcs)
        {
            var from = Point(arc.From, cell);
            var to = Point(arc.To, cell);
            if (!FlatDesign.IsConstant(from) && !FlatDesign.IsConstant(to))
            {
                _edges.Add(new(from, to, (float)arc.Ns, arc.From < wires.Length ? wires[arc.From] : WireKind.Site, index));
            }
        }

        Points += model.InnerPoints;
    }

    private int Point(int pin, FlatCell cell) => pin < cell.Nets.Length ? cell.Nets[pin] : Points + pin - cell.Nets.Length;

    private WireKind Wire(int cell, int pin, int net)
    {
        var (driver, driverPin) = Use.Driver(net);
        if (driver < 0)
        {
            return Use.IsInput(net) ? WireKind.AtPort : WireKind.Fabric;
        }

        return SiteWires.Within(_design.Cells[driver], driverPin, _design.Cells[cell], pin, Use.Loads(net).Length + Use.Outputs(net))
            ?? _kernels.Between(driver, cell);
    }

    private List<int> TopologicalOrder()
    {
        var waiting = new int[Points];
        var firstOut = new int[Points + 1];
        foreach (var edge in _edges)
        {
            waiting[edge.To]++;
            firstOut[edge.From + 1]++;
        }

        for (var point = 0; point < Points; point++)
        {
            firstOut[point + 1] += firstOut[point];
        }

        var targets = new int[_edges.Count];
        var next = firstOut[..^1];
        foreach (var edge in _edges)
        {
            targets[next[edge.From]++] = edge.To;
        }

        var order = new List<int>(Points);
        order.AddRange(Enumerable.Range(0, Points).Where(p => waiting[p] == 0));
        for (var at = 0; at < order.Count; at++)
        {
            foreach (var target in targets.AsSpan(firstOut[order[at]], firstOut[order[at] + 1] - firstOut[order[at]]))
            {
                if (--waiting[target] == 0)
                {
                    order.Add(target);
                }
            }
        }

        return order.Count == Points ? order : throw new SynthesisException($"a loop without a register leads through {Loop(waiting)}; put a register into it");
    }

    // From a point that still waits, always to one that it waits for, until one comes again.
    private string Loop(int[] waiting)
    {
        var trail = new List<int>();
        for (var at = Array.FindIndex(waiting, w => w > 0); !trail.Contains(at);)
        {
            trail.Add(at);
            foreach (var edge in Into(at))
            {
                if (waiting[edge.From] > 0)
                {
                    at = edge.From;
                    break;
                }
            }
        }

        return string.Join(", ", trail.Where(p => p < _design.NetCount).Select(p => _design.Describe(p)).Take(4));
    }

    private EndpointState[] PointStates()
    {
        var states = new EndpointState[Points];
        foreach (var point in Order)
        {
            var isNet = point < _design.NetCount;
            if (isNet && !float.IsNaN(Starts[point]))
            {
                states[point] = EndpointState.Timed;
            }
            else if (isNet && !FlatDesign.IsConstant(point) && Use.Driver(point).Cell < 0)
            {
                states[point] = EndpointState.Untimed;
            }

            foreach (var edge in Into(point))
            {
                states[point] = states[edge.From] > states[point] ? states[edge.From] : states[point];
            }
        }

        return states;
    }

    private void CollectEndpoints()
    {
        var seen = new HashSet<(string, int)>();
        for (var i = 0; i < _design.Cells.Count; i++)
        {
            var cell = _design.Cells[i];
            var clocked = HasTheClock(cell);
            seen.Clear();
            for (var pin = 0; pin < cell.Nets.Length; pin++)
            {
                // The sign of an operand is one net on many pins of a port.
                if (cell.Model.Pins[pin].SetupNs is { } setup && seen.Add((cell.Model.Pins[pin].Port, cell.Nets[pin])))
                {
                    var net = cell.Nets[pin];
                    var constant = FlatDesign.IsConstant(net);
                    var state = constant ? EndpointState.Constant : clocked ? States[net] : EndpointState.Untimed;
                    _endpoints.Add(new(net, i, pin, setup, constant ? WireKind.Site : Wire(i, pin, net), state));
                }
            }
        }

        foreach (var (index, net) in _design.Ports(PortSide.Output).Select((p, i) => (i, p.Net)))
        {
            _endpoints.Add(new(
                net, -1, index, 0, FlatDesign.IsConstant(net) ? WireKind.Site : WireKind.AtPort,
                FlatDesign.IsConstant(net) ? EndpointState.Constant : States[net]));
        }
    }

    private bool HasTheClock(FlatCell cell)
    {
        for (var pin = 0; pin < cell.Nets.Length; pin++)
        {
            if (cell.Model.Pins[pin].IsClock && cell.Nets[pin] != Clock && !(FlatDesign.IsConstant(cell.Nets[pin]) && cell.Model.Kind == CellKind.BlockRam))
            {
                return false;
            }
        }

        return true;
    }
}
