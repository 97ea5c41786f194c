using System.Text;
using LoopLynx.Accelerator;
using LoopLynx.Contract;
using LoopLynx.Gen.Board;

namespace LoopLynx.Card.Package;

/// <summary>
/// Writes the script by which Vivado packages the kernel: what is this kernel's as lists, and behind them the steps that are the same for every kernel.
/// </summary>
public static class PackageScriptWriter
{
    /// <summary>The script.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="board">The card.</param>
    /// <param name="sources">Verilog files beside the script.</param>
    public static string Write(CardKernel kernel, U50 board, IEnumerable<string> sources)
    {
        var text = new StringBuilder();
        text.Append($"# Packages {CardKernel.Name} as a kernel: vivado -mode batch -source package_kernel.tcl\n");
        text.Append("# Written by LoopLynx.Card; edits here are lost.\n\n");
        Set(text, "part", board.Part);
        Set(text, "vendor", CardKernel.Vendor);
        Set(text, "library", CardKernel.Library);
        Set(text, "kernel", CardKernel.Name);
        Set(text, "version", CardKernel.Version);
        Set(text, "protocol", CardKernel.Protocol);
        Set(text, "register_bytes", $"{CardKernel.RegisterBytes}");
        Set(text, "burst_beats", $"{MemorySizes.MaxBurstBeats}");
        Set(text, "outstanding", $"{MemoryPort.MostOutstanding}");
        List(text, "sources", sources);
        Set(text, "constraints", ConstraintsWriter.InKernelName);
        Set(text, "own_constraints", ConstraintsWriter.OutOfContextName);
        text.Append("\n# Name, mode, kind and ports of each bus.\n");
        List(text, "buses", kernel.Interfaces.Select(Bus));
        text.Append("\n# Name, byte address, bits, memory port and meaning of each register.\n");
        List(text, "registers", Registers(kernel));
        return text.Append('\n').Append(Resources.Read("package_kernel.tcl")).ToString();
    }

    private static string Bus(KernelInterface bus)
    {
        var (mode, kind) = bus.Kind switch
        {
            InterfaceKind.Control => ("slave", "aximm"),
            InterfaceKind.Memory => ("master", "aximm"),
            InterfaceKind.StreamIn => ("slave", "axis"),
            _ => ("master", "axis"),
        };
        return $"{bus.Name} {mode} {kind} {{{string.Join(' ', bus.Ports.Select(p => p.Name))}}}";
    }

    private static IEnumerable<string> Registers(CardKernel kernel)
    {
        (string Name, int Offset, string Meaning)[] protocol =
        [
            ("CTRL", KernelRegisters.Control, "start, done, idle, ready, continue, interrupt"),
            ("GIER", KernelRegisters.GlobalInterrupt, "global interrupt enable"),
            ("IP_IER", KernelRegisters.InterruptEnable, "interrupt enables"),
            ("IP_ISR", KernelRegisters.InterruptStatus, "interrupt status"),
        ];
        return
        [
            .. protocol.Select(r => Register(r.Name, r.Offset, 32, null, r.Meaning)),
            .. kernel.Arguments.Select(a => Register(a.Name, a.Offset, 8 * a.Size, a.Port, a.Summary)),
        ];
    }

    private static string Register(string name, int offset, int bits, string? port, string meaning) =>
        $"{name} 0x{offset:X3} {bits} {{{port}}} {{{meaning}}}";

    private static void Set(StringBuilder text, string name, string value) => text.Append($"set {name} {value}\n");

    private static void List(StringBuilder text, string name, IEnumerable<string> elements)
    {
        text.Append($"set {name} {{\n");
        foreach (var element in elements)
        {
            text.Append($"    {{{element}}}\n");
        }

        text.Append("}\n");
    }
}
