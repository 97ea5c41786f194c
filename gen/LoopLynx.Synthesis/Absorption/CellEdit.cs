using LoopLynx.Synthesis.Flat;
using LoopLynx.Synthesis.Netlist;

namespace LoopLynx.Synthesis.Absorption;

/// <summary>A cell that takes registers in: nets of its ports move across them, and parameters change.</summary>
internal sealed class CellEdit
{
    private readonly FlatCell _cell;
    private readonly Dictionary<string, int[]> _ports = [];
    private readonly Dictionary<string, string> _parameters;

    /// <summary>Begins with the cell as it is.</summary>
    public CellEdit(FlatCell cell)
    {
        _cell = cell;
        _parameters = new(cell.Cell.Parameters);
        var at = 0;
        foreach (var (port, bits) in cell.Cell.Connections)
        {
            _ports[port] = cell.Nets[at..(at + bits.Length)];
            at += bits.Length;
        }
    }

    /// <summary>Whether anything has changed.</summary>
    public bool Changed { get; private set; }

    /// <summary>The nets of a port; empty where it isn't connected.</summary>
    public int[] Port(string name) => _ports.GetValueOrDefault(name, []);

    /// <summary>Whether a parameter asks for a register.</summary>
    public bool Registers(string parameter) => _cell.Cell.Registers(parameter) || (_parameters.TryGetValue(parameter, out var value) && value is "1" or "TRUE");

    /// <summary>Whether a block RAM reads its widest word, for which side A uses the outputs of both sides.</summary>
    public bool IsWide => Convert.ToInt32(_cell.Cell.Parameter("READ_WIDTH_A", "0"), 2) == (_cell.Cell.Type == "RAMB36E2" ? 72 : 36);

    /// <summary>Connects a port.</summary>
    public void Connect(string port, params int[] nets)
    {
        _ports[port] = nets;
        Changed = true;
    }

    /// <summary>Sets a parameter.</summary>
    public void Set(string parameter, string value) => _parameters[parameter] = value;

    /// <summary>The cell as it is now.</summary>
    public FlatCell Done() => !Changed ? _cell : new(
        new MappedCell(_cell.Cell.Name, _cell.Cell.Type, [.. _ports.Select(p => new Connection(p.Key, p.Value))], _parameters),
        _cell.Instance, [.. _ports.SelectMany(p => p.Value)]);
}
