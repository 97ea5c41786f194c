using LoopLynx.Accelerator;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Card;

/// <summary>The kernel as the card's tools see it: a top of their names around the elaborated design, its interfaces and its arguments.</summary>
public sealed class CardKernel
{
    /// <summary>The clock.</summary>
    public const string Clock = "ap_clk";

    /// <summary>The reset, active low.</summary>
    public const string Reset = "ap_rst_n";

    /// <summary>The interrupt.</summary>
    public const string Interrupt = "interrupt";

    /// <summary>The instance of the design in the top.</summary>
    public const string Core = "core";

    /// <summary>The ring's input, where the kernel has one.</summary>
    public const string RingIn = KernelRegisters.RingInPort;

    /// <summary>The ring's output.</summary>
    public const string RingOut = KernelRegisters.RingOutPort;

    /// <summary>How a host starts it.</summary>
    public const string Protocol = "ap_ctrl_chain";

    /// <summary>Bytes of the block of registers.</summary>
    public const int RegisterBytes = 1 << KernelRegisters.AddressBits;

    /// <summary>Describes a kernel.</summary>
    /// <param name="configuration">What it was elaborated for.</param>
    /// <param name="design">The elaborated kernel, whose top is a <see cref="LoopLynxKernel"/>.</param>
    /// <exception cref="ArgumentException">A port belongs to no interface: the tools would refuse it.</exception>
    public CardKernel(NodeConfiguration configuration, Design design)
    {
        (Configuration, Design) = (configuration, design);
        (string Name, InterfaceKind Kind)[] all =
        [
            (KernelRegisters.ControlPort, InterfaceKind.Control),
            .. Enumerable.Range(0, configuration.Channels).Select(i => (KernelRegisters.MemoryPortName(i), InterfaceKind.Memory)),
            (KernelRegisters.HostPort, InterfaceKind.Memory),
            (RingIn, InterfaceKind.StreamIn),
            (RingOut, InterfaceKind.StreamOut),
        ];
        var ports = design.Top.Ports;
        Interfaces =
        [
            .. all.Select(i => new KernelInterface(i.Name, i.Kind, [.. ports.Where(p => p.Name.StartsWith($"{i.Name}_", StringComparison.Ordinal))]))
                .Where(i => i.Ports.Count > 0),
        ];
        var loose = ports.Select(p => p.Name).Except(Interfaces.SelectMany(i => i.Ports).Select(p => p.Name)).Where(p => p != Interrupt).ToList();
        if (loose.Count > 0)
        {
            throw new ArgumentException($"ports of '{design.Top.Name}' that belong to no interface: {string.Join(", ", loose)}", nameof(design));
        }
    }

    /// <summary>Vendor, library, name and version, as the tools want them.</summary>
    public static string Identity => $"{Vendor}:{Library}:{Name}:{Version}";

    /// <summary>Name of the kernel and of its top.</summary>
    public static string Name => KernelRegisters.Kernel;

    /// <summary>The configuration.</summary>
    public NodeConfiguration Configuration { get; }

    /// <summary>The elaborated kernel.</summary>
    public Design Design { get; }

    /// <summary>The interfaces: control, memory channels, the host's buffers, the ring.</summary>
    public IReadOnlyList<KernelInterface> Interfaces { get; }

    /// <summary>The arguments, by their numbers.</summary>
    public IReadOnlyList<KernelArgument> Arguments => KernelRegisters.Arguments(Configuration.Channels);

    /// <summary>The vendor's part of <see cref="Identity"/>.</summary>
    internal static string Vendor => "looplynx";

    /// <summary>The library's part.</summary>
    internal static string Library => "kernel";

    /// <summary>The version's part.</summary>
    internal static string Version => $"{KernelRegisters.PresentVersion}.0";
}
