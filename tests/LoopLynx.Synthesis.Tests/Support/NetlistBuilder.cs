using LoopLynx.Synthesis.Netlist;

namespace LoopLynx.Synthesis.Tests.Support;

/// <summary>Writes a mapped module by hand, cell by cell.</summary>
internal sealed class NetlistBuilder(string name)
{
    private readonly List<MappedPort> _ports = [];
    private readonly List<MappedCell> _cells = [];
    private readonly List<NetName?> _names = [null, null, null];

    /// <summary>The clock input.</summary>
    public int Clock { get; private set; }

    /// <summary>Adds the clock.</summary>
    public NetlistBuilder WithClock()
    {
        Clock = Input("clk");
        return this;
    }

    /// <summary>A net of that name.</summary>
    public int Net(string net)
    {
        _names.Add(new(net, -1));
        return _names.Count - 1;
    }

    /// <summary>An input of one bit.</summary>
    public int Input(string port)
    {
        var net = Net(port);
        _ports.Add(new(port, PortSide.Input, [net]));
        return net;
    }

    /// <summary>An output of one bit.</summary>
    public void Output(string port, int net) => _ports.Add(new(port, PortSide.Output, [net]));

    /// <summary>Any cell or instance.</summary>
    public void Cell(string cell, string type, IReadOnlyDictionary<string, string> parameters, params (string Port, int[] Nets)[] connections) =>
        _cells.Add(new(cell, type, [.. connections.Select(c => new Connection(c.Port, c.Nets))], parameters));

    /// <summary>Any cell or instance with ports of one bit.</summary>
    public void Cell(string cell, string type, params (string Port, int Net)[] connections) =>
        Cell(cell, type, new Dictionary<string, string>(), [.. connections.Select(c => (c.Port, new[] { c.Net }))]);

    /// <summary>A flip-flop; returns its output.</summary>
    public int Register(string register, int data, int enable = MappedModule.One, int reset = MappedModule.Zero, string init = "0", string type = "FDRE")
    {
        var output = Net(register);
        RegisterInto(output, register, data, enable, reset, init, type);
        return output;
    }

    /// <summary>A flip-flop whose output is a net that is there already.</summary>
    public void RegisterInto(int output, string register, int data, int enable = MappedModule.One, int reset = MappedModule.Zero, string init = "0", string type = "FDRE") =>
        Cell($"{register}_ff", type, new Dictionary<string, string> { ["INIT"] = init }, ("C", [Clock]), ("CE", [enable]), ("D", [data]), (type == "FDSE" ? "S" : "R", [reset]), ("Q", [output]));

    /// <summary>A look-up table of as many inputs; returns its output.</summary>
    public int Lut(string lut, params int[] inputs)
    {
        var output = Net(lut);
        Cell($"{lut}_lut", $"LUT{inputs.Length}", [.. inputs.Select((net, i) => ($"I{i}", net)), ("O", output)]);
        return output;
    }

    /// <summary>Look-up tables one behind the other; returns the last one's output.</summary>
    public int Luts(string lut, int levels, int input) => Enumerable.Range(0, levels).Aggregate(input, (net, i) => Lut($"{lut}{i}", net));

    /// <summary>The module.</summary>
    public MappedModule Done() => new(name, _ports, _cells, _names.Count, _names);
}
