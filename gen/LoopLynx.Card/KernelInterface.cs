using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Card;

/// <summary>A bus of the kernel's top.</summary>
/// <param name="Name">Its name: the ports are <c>NAME_signal</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Ports">Its ports.</param>
public sealed record KernelInterface(string Name, InterfaceKind Kind, IReadOnlyList<PortInfo> Ports)
{
    /// <summary>Bits of a beat.</summary>
    public int DataBits => Ports.First(p => p.Name == $"{Name}_{DataSignal}").Type.Bits;

    /// <summary>Whether it is a stream between units.</summary>
    public bool IsStream => Kind is InterfaceKind.StreamIn or InterfaceKind.StreamOut;

    private string DataSignal => (Kind, IsStream) switch
    {
        (_, true) => "tdata",
        (InterfaceKind.Control, _) => "wdata",
        _ => "rdata",
    };
}
