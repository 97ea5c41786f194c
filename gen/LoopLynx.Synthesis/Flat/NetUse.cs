using LoopLynx.Synthesis.Netlist;

namespace LoopLynx.Synthesis.Flat;

/// <summary>What drives and what loads each net.</summary>
public sealed class NetUse
{
    private readonly (int Cell, int Pin)[] _drivers;
    private readonly int[] _first;
    private readonly (int Cell, int Pin)[] _loads;
    private readonly bool[] _inputs;
    private readonly int[] _outputs;

    /// <summary>Finds them. Cells must have their models.</summary>
    /// <exception cref="SynthesisException">Two cells drive one net.</exception>
    public NetUse(FlatDesign design)
    {
        _drivers = new (int, int)[design.NetCount];
        Array.Fill(_drivers, (-1, -1));
        _first = new int[design.NetCount + 1];
        _inputs = new bool[design.NetCount];
        _outputs = new int[design.NetCount];
        foreach (var (cell, pin, net) in Pins(design))
        {
            if (!design.Cells[cell].Model.Pins[pin].IsOutput)
            {
                _first[net + 1]++;
            }
            else if (_drivers[net].Cell >= 0)
            {
                throw new SynthesisException(
                    $"{design.Describe(net)} is driven by {design.Cells[_drivers[net].Cell].Path} and by {design.Cells[cell].Path}; give it one driver");
            }
            else
            {
                _drivers[net] = (cell, pin);
            }
        }

        for (var net = 0; net < design.NetCount; net++)
        {
            _first[net + 1] += _first[net];
        }

        var next = _first[..^1];
        _loads = new (int, int)[_first[^1]];
        foreach (var (cell, pin, net) in Pins(design))
        {
            if (!design.Cells[cell].Model.Pins[pin].IsOutput)
            {
                _loads[next[net]++] = (cell, pin);
            }
        }

        foreach (var (_, _, net) in design.Ports(PortSide.Input))
        {
            _inputs[net] = true;
        }

        foreach (var (_, _, net) in design.Ports(PortSide.Output))
        {
            _outputs[net]++;
        }
    }

    /// <summary>The cell and pin that drive a net; -1 where none does.</summary>
    public (int Cell, int Pin) Driver(int net) => _drivers[net];

    /// <summary>The cells and pins that take a net.</summary>
    public ReadOnlySpan<(int Cell, int Pin)> Loads(int net) => _loads.AsSpan(_first[net], _first[net + 1] - _first[net]);

    /// <summary>Whether a net is an input of the top.</summary>
    public bool IsInput(int net) => _inputs[net];

    /// <summary>Outputs of the top that a net drives.</summary>
    public int Outputs(int net) => _outputs[net];

    // An output pin on a constant net is one that nothing uses.
    private static IEnumerable<(int Cell, int Pin, int Net)> Pins(FlatDesign design)
    {
        for (var i = 0; i < design.Cells.Count; i++)
        {
            var nets = design.Cells[i].Nets;
            for (var pin = 0; pin < nets.Length; pin++)
            {
                if (!FlatDesign.IsConstant(nets[pin]))
                {
                    yield return (i, pin, nets[pin]);
                }
            }
        }
    }
}
