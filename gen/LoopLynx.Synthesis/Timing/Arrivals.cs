namespace LoopLynx.Synthesis.Timing;

/// <summary>When each point of a graph is valid at the latest, by one wire model.</summary>
public sealed class Arrivals
{
    private readonly TimingGraph _graph;
    private readonly double[] _arrival;
    private readonly int[] _last;

    /// <summary>Computes them.</summary>
    public Arrivals(TimingGraph graph, WireModel wires)
    {
        _graph = graph;
        Wires = wires;
        _arrival = new double[graph.Points];
        _last = new int[graph.Points];
        foreach (var point in graph.Order)
        {
            var isStart = point < graph.Starts.Length && !float.IsNaN(graph.Starts[point]);
            _arrival[point] = isStart ? graph.Starts[point] : double.NegativeInfinity;
            _last[point] = -1;
            var edges = graph.Into(point);
            for (var i = 0; i < edges.Length; i++)
            {
                var at = _arrival[edges[i].From] + Wire(edges[i].From, edges[i].Wire) + edges[i].Ns;
                if (at > _arrival[point])
                {
                    _arrival[point] = at;
                    _last[point] = graph.FirstEdge(point) + i;
                }
            }
        }
    }

    /// <summary>The wire model.</summary>
    public WireModel Wires { get; }

    /// <summary>When an endpoint's pin is valid in ns.</summary>
    public double At(Endpoint end) => _arrival[end.Net] + Wire(end.Net, end.Wire);

    /// <summary>The delay of a path to an endpoint in ns, its setup time included.</summary>
    public double PathNs(Endpoint end) => At(end) + end.SetupNs;

    /// <summary>The edges of the latest path to a point, from its start on.</summary>
    public IReadOnlyList<TimingGraph.Edge> PathTo(int point)
    {
        var edges = new List<TimingGraph.Edge>();
        while (_last[point] >= 0)
        {
            var edge = _graph.EdgeAt(_last[point]);
            edges.Add(edge);
            point = edge.From;
        }

        edges.Reverse();
        return edges;
    }

    private double Wire(int point, WireKind wire) => point < _graph.Loads.Length ? Wires.Delay(_graph.Loads[point], wire) : 0;
}
