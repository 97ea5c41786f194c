using LoopLynx.Synthesis.Netlist;

namespace LoopLynx.Synthesis.Timing;

/// <summary>Nets with more loads than the fabric drives well.</summary>
public static class FanOut
{
    /// <summary>Most loads of a net, clock enables and selects left out.</summary>
    public const int MostLoads = 256;

    /// <summary>Most clock enables, resets, write enables and selects of site multiplexers on a net.</summary>
    public const int MostControls = 512;

    private static readonly HashSet<string> Controls =
    [
        "CE", "R", "S", "WE", "WEA", "WEBWE", "ENARDEN", "ENBWREN", "EN_A", "EN_B", "BWE_A", "BWE_B", "RDB_WR_A", "RDB_WR_B",
    ];

    /// <summary>The nets over a limit with their loads, the clock left out, the widest first.</summary>
    public static IReadOnlyList<(int Net, int Loads)> Over(TimingGraph graph)
    {
        var over = new List<(int Net, int Loads)>();
        for (var net = MappedModule.FirstNet; net < graph.Design.NetCount; net++)
        {
            if (net == graph.Clock || graph.Use.Loads(net).Length <= MostLoads)
            {
                continue;
            }

            var controls = 0;
            foreach (var (cell, pin) in graph.Use.Loads(net))
            {
                var port = graph.Design.Cells[cell].Model.Pins[pin].Port;
                controls += Controls.Contains(port) || port.StartsWith("CE", StringComparison.Ordinal) || port.StartsWith("RST", StringComparison.Ordinal)
                    ? 1
                    : 0;
            }

            var loads = graph.Use.Loads(net).Length;
            if (loads - controls > MostLoads || controls > MostControls)
            {
                over.Add((net, loads));
            }
        }

        return [.. over.OrderByDescending(o => o.Loads)];
    }
}
