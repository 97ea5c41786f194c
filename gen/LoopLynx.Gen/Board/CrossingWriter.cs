using System.Globalization;
using System.Text;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Hdl.Passes;

namespace LoopLynx.Gen.Board;

/// <summary>
/// Writes Vivado constraints for the clock crossings that the netlist names. Only they are taken out of the timing between clocks, each with a bound of its
/// own; a path that no library part made stays timed, and fails.
/// </summary>
public static class CrossingWriter
{
    /// <summary>Clocks, crossings and asynchronous resets of a design.</summary>
    /// <param name="design">The design; its top is the top of the synthesis.</param>
    /// <param name="periods">Period in ns of each clock, by the name of its port.</param>
    /// <exception cref="ArgumentException">A clock has no period.</exception>
    public static string Write(Design design, IReadOnlyDictionary<string, decimal> periods)
    {
        var text = new StringBuilder();
        foreach (var clock in design.Top.Domains.Select(d => d.Clock).Distinct())
        {
            text.Append(CultureInfo.InvariantCulture, $"create_clock -name {clock} -period {Period(clock, periods):0.000} [get_ports {{{clock}}}]\n");
        }

        foreach (var reset in design.Top.Domains.Where(d => d.AsynchronousReset).Select(d => d.Reset).Distinct())
        {
            text.Append($"set_false_path -from [get_ports {{{reset}}}]\n");
        }

        var flat = Flatten.Run(design);
        var cells = RegisterCells.Of(design.Top);
        foreach (var node in flat.Nodes)
        {
            switch (node)
            {
                case RegisterNode { Crossing: CrossingKind.Synchroniser } r:
                    Synchroniser(text, r, cells, periods);
                    break;
                case RegisterNode { Crossing: CrossingKind.Held } r:
                    foreach (var from in Sources(r.Next).Where(s => s.Domain.Clock != r.Domain.Clock).Select(s => s.Domain.Clock).Distinct())
                    {
                        MaxDelay(text, $"get_clocks {{{from}}}", $"get_cells {{{cells[r.Name!]}}}", Period(r.Domain.Clock, periods));
                    }

                    break;
                case MemoryReadNode { Crossing: CrossingKind.Held, Synchronous: false } m:
                    MaxDelay(text, $"get_cells {{{cells[m.Memory.Name]}}}", $"get_clocks {{{m.Domain.Clock}}}", Period(m.Domain.Clock, periods));
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>
    /// A bit takes at most a period of its clock; the bits of a Gray-coded pointer arrive within one period of each other, before the next one changes.
    /// </summary>
    private static void Synchroniser(
        StringBuilder text, RegisterNode register, IReadOnlyDictionary<string, string> cells, IReadOnlyDictionary<string, decimal> periods)
    {
        var to = $"get_cells {{{cells[register.Name!]}}}";
        var sources = Sources(register.Next).ToList();
        if (sources.Count == 0)
        {
            text.Append($"set_false_path -to [{to}]\n");
        }

        foreach (var source in sources)
        {
            var period = Math.Min(Period(source.Domain.Clock, periods), Period(register.Domain.Clock, periods));
            var from = source.Name is { } name && cells.TryGetValue(name, out var cell) ? $"get_cells {{{cell}}}" : $"get_clocks {{{source.Domain.Clock}}}";
            MaxDelay(text, from, to, period);
            if (register.Type.Width > 1)
            {
                text.Append(CultureInfo.InvariantCulture, $"set_bus_skew -from [{from}] -to [{to}] {period:0.000}\n");
            }
        }
    }

    private static void MaxDelay(StringBuilder text, string from, string to, decimal period) =>
        text.Append(CultureInfo.InvariantCulture, $"set_max_delay -datapath_only -from [{from}] -to [{to}] {period:0.000}\n");

    private static decimal Period(string clock, IReadOnlyDictionary<string, decimal> periods) =>
        periods.TryGetValue(clock, out var period) ? period : throw new ArgumentException($"clock '{clock}' has no period", nameof(periods));

    /// <summary>Registers that reach a value.</summary>
    private static IEnumerable<RegisterNode> Sources(Node value)
    {
        var seen = new HashSet<Node>();
        var pending = new Stack<Node>([value]);
        while (pending.TryPop(out var node))
        {
            if (!seen.Add(node))
            {
                continue;
            }

            if (node is RegisterNode register)
            {
                yield return register;
            }

            foreach (var operand in node.Operands)
            {
                pending.Push(operand);
            }
        }
    }
}
