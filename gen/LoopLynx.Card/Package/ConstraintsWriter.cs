using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LoopLynx.Accelerator;
using LoopLynx.Gen.Board;

namespace LoopLynx.Card.Package;

/// <summary>
/// Writes the kernel's constraints: what holds in every place that the linker puts it, and the clock for a synthesis of the kernel alone.
/// </summary>
/// <remarks>
/// Names are relative to the kernel's top, since Vivado scopes the file to it. No pblock: the linker gives the die (<c>slr=</c>), and a pblock of a whole die
/// would overlap the shell.
/// </remarks>
public static class ConstraintsWriter
{
    private static readonly string[] PortStreams = ["order", "answer", "address", "written"];

    /// <summary>File of what holds in every place.</summary>
    public static string InKernelName => $"{CardKernel.Name}.xdc";

    /// <summary>File of the clock of the kernel alone.</summary>
    public static string OutOfContextName => $"{CardKernel.Name}_ooc.xdc";

    /// <summary>The clock that the card's shell gives: 300 MHz, which a link can't change.</summary>
    public const decimal PeriodNs = 3.333m;

    /// <summary>What holds in every place.</summary>
    public static string InKernel(CardKernel kernel)
    {
        var text = new StringBuilder($"# {CardKernel.Name}: constraints inside the kernel, relative to its top.\n\n");
        text.Append("# Registers at the ports: the linker's interconnect and the way to another die begin and end there, so none is merged or moved.\n");
        foreach (var pattern in Patterns(kernel).Concat(RingPatterns(kernel)))
        {
            text.Append($"# {Matches(kernel, pattern).Count} registers:\nset_property DONT_TOUCH true [get_cells {{{pattern}}}]\n");
        }

        return text.ToString();
    }

    /// <summary>The clock for a synthesis of the kernel alone.</summary>
    public static string OutOfContext()
    {
        var period = PeriodNs.ToString("0.000", CultureInfo.InvariantCulture);
        return $"# {CardKernel.Name} alone; in a link the clock comes from the card's shell.\n"
            + $"create_clock -name {CardKernel.Clock} -period {period} [get_ports {{{CardKernel.Clock}}}]\n";
    }

    /// <summary>The registers of the design that a pattern takes, as patterns of their bits.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="pattern">A pattern of cells below the top; <c>*</c> stops at a level of hierarchy, as Vivado's does.</param>
    public static IReadOnlyList<string> Matches(CardKernel kernel, string pattern)
    {
        var wanted = new Regex($"^{Regex.Escape(pattern).Replace("\\*", "[^/]*", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant);
        return [.. RegisterCells.Of(kernel.Design.Top).Values.Select(cell => $"{CardKernel.Core}/{cell.TrimEnd('*')}").Where(cell => wanted.IsMatch(cell))];
    }

    // By the names that ChannelGuard gives the streams at its port.
    private static IEnumerable<string> Patterns(CardKernel kernel) =>
        from bus in kernel.Interfaces
        where bus.Kind == InterfaceKind.Memory
        let guard = bus.Name == KernelRegisters.HostPort ? "host" : $"guard{bus.Name[KernelRegisters.MemoryPortName(0).TrimEnd('0').Length..]}"
        from stream in PortStreams
        select $"{CardKernel.Core}/{guard}/{stream}_*_reg*";

    // By the names that RingSender and RingReceiver give the registers at their ports: what crosses the dies lies between them.
    private static IEnumerable<string> RingPatterns(CardKernel kernel) =>
        from bus in kernel.Interfaces
        where bus.IsStream
        select $"{CardKernel.Core}/ring/{(bus.Kind == InterfaceKind.StreamOut ? "sender/bank*/out" : "receiver/pin")}_*_reg*";
}
