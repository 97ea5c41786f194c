using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Fuzz;

/// <summary>What goes into the top of a design and what the interpreted engine gives, cycle by cycle.</summary>
/// <param name="Design">The design.</param>
/// <param name="Inputs">Stored values by cycle and input port.</param>
/// <param name="Outputs">Stored values by cycle and output port, settled before the cycle's edge.</param>
public sealed record Trace(Design Design, byte[][][] Inputs, byte[][][] Outputs)
{
    /// <summary>Number of cycles.</summary>
    public int Cycles => Inputs.Length;

    /// <summary>Input ports of the top.</summary>
    public PortInfo[] InputPorts { get; } = Ports(Design, PortDirection.Input);

    /// <summary>Output ports of the top.</summary>
    public PortInfo[] OutputPorts { get; } = Ports(Design, PortDirection.Output);

    /// <summary>Whether a clock's reset is on: the same in every design, so that designs can share a batch. Power-up values are seen first.</summary>
    public static bool Reset(ClockDomain domain, int cycle) => (cycle + (domain == ClockDomain.Default ? 0 : 5)) % 23 == 7;

    /// <summary>Ports of a design's top.</summary>
    public static PortInfo[] Ports(Design design, PortDirection direction) => [.. design.Top.Ports.Where(p => p.Direction == direction)];
}
