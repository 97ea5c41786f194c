using System.Text.RegularExpressions;

namespace LoopLynx.Synthesis.Cells;

/// <summary>Memories and shift registers of look-up tables: written at the clock, read through an address at any time.</summary>
internal static partial class LutRamCells
{
    private static readonly Dictionary<string, int> Sizes = new()
    {
        ["SRL16E"] = 1,
        ["SRLC16E"] = 1,
        ["SRLC32E"] = 1,
        ["RAM32X1S"] = 1,
        ["RAM64X1S"] = 1,
        ["RAM128X1S"] = 2,
        ["RAM256X1S"] = 4,
        ["RAM512X1S"] = 8,
        ["RAM32X1D"] = 2,
        ["RAM64X1D"] = 2,
        ["RAM128X1D"] = 4,
        ["RAM256X1D"] = 8,
        ["RAM32M"] = 4,
        ["RAM64M"] = 4,
        ["RAM32M16"] = 8,
        ["RAM64M8"] = 8,
    };

    /// <summary>Look-up tables of a type; null where it is none of these.</summary>
    public static int? Size(string type) => Sizes.TryGetValue(type, out var size) ? size : null;

    /// <summary>A memory or shift register.</summary>
    public static CellModel Ram(ModelBuilder cell, int size)
    {
        var shifts = cell.Cell.Type.StartsWith("SRL", StringComparison.Ordinal);
        cell.Clock(shifts ? "CLK" : "WCLK");
        cell.Input(shifts ? "CE" : "WE", cell["lutram.setupWrite"]);
        var outputs = cell.Ports.Where(p => p is "O" or "Q" or "Q31" or "SPO" or "DPO" || DataOut().IsMatch(p)).ToArray();
        foreach (var port in outputs)
        {
            cell.Output(port, cell["lutram.clockToOut"]);
        }

        foreach (var port in cell.Ports.Where(p => p == "D" || DataIn().IsMatch(p)))
        {
            cell.Input(port, cell["lutram.setupData"]);
        }

        foreach (var port in cell.Ports.Where(p => Address().IsMatch(p)))
        {
            Read(cell, port, outputs, shifts);
        }

        return cell.Done(CellKind.LutRam, size);
    }

    // The write address is that of the last port, or of the only one; it is an endpoint too.
    private static void Read(ModelBuilder cell, string port, string[] outputs, bool shifts)
    {
        var group = AddressGroup(port);
        var last = cell.Cell.Type is "RAM32M" or "RAM64M" ? "D" : "H";
        var writes = !shifts && group != "DPR" && (group.Length == 0 || group == last);
        cell.Input(port, writes ? cell["lutram.setupData"] : null);
        foreach (var output in outputs.Where(o => Reaches(group, o)))
        {
            cell.Arcs(port, output, cell["lutram.read"]);
        }
    }

    private static bool Reaches(string group, string output) => output switch
    {
        "Q31" => false,
        "SPO" => group.Length == 0,
        "DPO" => group == "DPR",
        "O" or "Q" => true,
        _ => group == output[^1..],
    };

    private static string AddressGroup(string port) => port.StartsWith("DPR", StringComparison.Ordinal) ? "DPR"
        : port.StartsWith("ADDR", StringComparison.Ordinal) ? port[4..]
        : "";

    [GeneratedRegex("^DO[A-H]$")]
    private static partial Regex DataOut();

    [GeneratedRegex("^DI[A-H]?$")]
    private static partial Regex DataIn();

    [GeneratedRegex("^(A[0-9]*|ADDR[A-H]|DPRA[0-9]*)$")]
    private static partial Regex Address();
}
