using LoopLynx.Synthesis.Cells;

namespace LoopLynx.Synthesis.Timing;

/// <summary>Look-up tables one behind the other: what placement can't repair.</summary>
public sealed class Levels
{
    /// <summary>Most levels that any path may have.</summary>
    public const int Most = 5;

    /// <summary>Most levels of a path over a net with more than <see cref="WideLoads"/> loads.</summary>
    public const int MostOverWide = 3;

    /// <summary>Loads from which on a net counts as wide.</summary>
    public const int WideLoads = 200;

    private readonly TimingGraph _graph;
    private readonly int[] _levels;
    private readonly int[] _overWide;

    /// <summary>Counts them.</summary>
    public Levels(TimingGraph graph)
    {
        _graph = graph;
        _levels = new int[graph.Points];
        _overWide = new int[graph.Points];
        foreach (var point in graph.Order)
        {
            foreach (var edge in graph.Into(point))
            {
                var step = graph.Design.Cells[edge.Cell].Model.Kind is CellKind.Lut or CellKind.LutRam ? 1 : 0;
                _levels[point] = Math.Max(_levels[point], _levels[edge.From] + step);
                _overWide[point] = Math.Max(
                    _overWide[point], IsWide(edge.From) ? _levels[edge.From] + step : _overWide[edge.From] + (_overWide[edge.From] > 0 ? step : 0));
            }
        }
    }

    /// <summary>Levels of the longest path to an endpoint.</summary>
    public int At(Endpoint end) => _levels[end.Net];

    /// <summary>Whether a path to an endpoint has more levels than it may.</summary>
    public bool IsOver(Endpoint end) => _levels[end.Net] > Most || (IsWide(end.Net) ? _levels[end.Net] : _overWide[end.Net]) > MostOverWide;

    private bool IsWide(int point) => point < _graph.Loads.Length && _graph.Loads[point] > WideLoads;
}
