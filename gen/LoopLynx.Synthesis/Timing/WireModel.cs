using LoopLynx.Synthesis.Cells;

namespace LoopLynx.Synthesis.Timing;

/// <summary>Delays of nets by one of the data file's models.</summary>
/// <param name="figures">The model.</param>
/// <param name="data">The data file.</param>
public sealed class WireModel(WireFigures figures, TimingData data)
{
    private readonly Dictionary<int, double> _byLoads = [];
    private readonly double _nextCarry = data["carry.next"];

    /// <summary>Its name.</summary>
    public string Name => figures.Name;

    /// <summary>The delay of a net with that many loads to one of them.</summary>
    public double Delay(int loads, WireKind wire)
    {
        if (wire is WireKind.Site or WireKind.NextCarry)
        {
            return wire == WireKind.Site ? 0 : _nextCarry;
        }

        if (!_byLoads.TryGetValue(loads, out var delay))
        {
            _byLoads[loads] = delay = figures.Delay(Math.Max(1, loads));
        }

        return Math.Max(delay, wire switch
        {
            WireKind.BetweenKernels => figures.BetweenKernels,
            WireKind.AtPort => figures.AtPorts,
            _ => 0,
        });
    }
}
