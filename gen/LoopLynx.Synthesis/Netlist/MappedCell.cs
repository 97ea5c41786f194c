namespace LoopLynx.Synthesis.Netlist;

/// <summary>A cell of the FPGA's library, or an instance of another module.</summary>
/// <param name="Name">Its name in the module.</param>
/// <param name="Type">Name of the library cell or module.</param>
/// <param name="Connections">Its ports.</param>
/// <param name="Parameters">The short parameters: modes and register stages, not contents.</param>
public sealed record MappedCell(string Name, string Type, IReadOnlyList<Connection> Connections, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>The nets of a port; empty where it isn't connected.</summary>
    public int[] this[string port] => Connections.FirstOrDefault(c => c.Port == port).Bits ?? [];

    /// <summary>A parameter, or the value that it has where the netlist doesn't say.</summary>
    public string Parameter(string name, string otherwise) => Parameters.GetValueOrDefault(name, otherwise);

    /// <summary>Whether a parameter that counts register stages, or says TRUE or FALSE, asks for a register.</summary>
    public bool Registers(string name) => Parameter(name, "0") is { } value && (value == "TRUE" || (value != "FALSE" && value.Contains('1')));
}
