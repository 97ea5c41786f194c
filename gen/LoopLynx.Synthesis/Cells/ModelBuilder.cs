using LoopLynx.Synthesis.Netlist;

namespace LoopLynx.Synthesis.Cells;

/// <summary>Collects what a kind of cell says about its pins.</summary>
internal sealed class ModelBuilder
{
    private readonly PinModel[] _pins;
    private readonly bool[] _known;
    private readonly List<CellArc> _arcs = [];
    private readonly TimingData _data;
    private int _innerPoints;

    /// <summary>Takes the pins from the cell's ports.</summary>
    public ModelBuilder(MappedCell cell, TimingData data)
    {
        Cell = cell;
        _data = data;
        _pins = [.. cell.Connections.SelectMany(c => c.Bits.Select((_, i) => new PinModel(c.Port, i, c.Bits.Length, false, false, null, null)))];
        _known = new bool[_pins.Length];
    }

    /// <summary>The cell.</summary>
    public MappedCell Cell { get; }

    /// <summary>A delay of the data file.</summary>
    public double this[string figure] => _data[figure];

    /// <summary>The pins of a port; none where the cell leaves it out.</summary>
    public IEnumerable<int> Pins(string port) => Enumerable.Range(0, _pins.Length).Where(i => _pins[i].Port == port);

    /// <summary>Names of all ports.</summary>
    public IEnumerable<string> Ports => Cell.Connections.Select(c => c.Port);

    /// <summary>A clock.</summary>
    public void Clock(string port) => Set(port, p => p with { IsClock = true });

    /// <summary>An output, from a register where there is a delay.</summary>
    public void Output(string port, double? clockToOut = null) => Set(port, p => p with { IsOutput = true, ClockToOutNs = clockToOut });

    /// <summary>An input, taken by a register where there is a setup time.</summary>
    public void Input(string port, double? setup = null) => Set(port, p => p with { SetupNs = setup });

    /// <summary>A path between two pins.</summary>
    public void Arc(int from, int to, double ns) => _arcs.Add(new(from, to, ns));

    /// <summary>Paths from every pin of a port to every pin of another.</summary>
    public void Arcs(string from, string to, double ns)
    {
        foreach (var a in Pins(from))
        {
            foreach (var b in Pins(to))
            {
                Arc(a, b, ns);
            }
        }
    }

    /// <summary>Gives the paths from a port to another port's bits below the last another delay.</summary>
    public void Retime(string from, string to, int last, double ns)
    {
        for (var i = 0; i < _arcs.Count; i++)
        {
            if (_pins[_arcs[i].From].Port == from && _pins[_arcs[i].To].Port == to && _pins[_arcs[i].To].Index < last)
            {
                _arcs[i] = _arcs[i] with { Ns = ns };
            }
        }
    }

    /// <summary>A point inside where many paths meet.</summary>
    public int InnerPoint() => _pins.Length + _innerPoints++;

    /// <summary>Name of a pin.</summary>
    public PinModel Pin(int pin) => _pins[pin];

    /// <summary>The model; every pin must have been described.</summary>
    /// <exception cref="SynthesisException">A pin has not.</exception>
    public CellModel Done(CellKind kind, int size, string? mode = null)
    {
        var unknown = Array.IndexOf(_known, false);
        return unknown < 0
            ? new(mode is null ? Cell.Type : $"{Cell.Type}_{mode}", kind, size, _pins, _arcs, _innerPoints)
            : throw new SynthesisException(
                $"cell {Cell.Name} ({Cell.Type}) has a port {_pins[unknown].Port}, for which the timing library has no arc; add it to "
                    + "LoopLynx.Synthesis.Cells");
    }

    private void Set(string port, Func<PinModel, PinModel> change)
    {
        foreach (var pin in Pins(port))
        {
            _pins[pin] = change(_pins[pin]);
            _known[pin] = true;
        }
    }
}
