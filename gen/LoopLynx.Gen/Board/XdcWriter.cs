using System.Globalization;
using System.Text;

namespace LoopLynx.Gen.Board;

/// <summary>
/// Writes Vivado constraints: the clock, and each node in a die of its own. Pblocks name whole dies, because rectangles of clock regions
/// break under a shell.
/// </summary>
public static class XdcWriter
{
    /// <summary>The constraints of a card.</summary>
    /// <param name="board">The card.</param>
    /// <param name="nodeCells">Hierarchical cell of each node.</param>
    /// <param name="clockPort">Clock port of the top.</param>
    public static string Write(U50 board, IReadOnlyList<string> nodeCells, string clockPort = "clk")
    {
        board.CheckNodes(nodeCells.Count);
        var text = new StringBuilder();
        var mhz = board.ClockMhz.ToString(CultureInfo.InvariantCulture);
        text.Append($"# {board.Name} ({board.Part}), {nodeCells.Count} node(s) at {mhz} MHz.\n");
        text.Append(CultureInfo.InvariantCulture, $"create_clock -name {clockPort} -period {board.PeriodNs:0.000} [get_ports {{{clockPort}}}]\n");
        for (var node = 0; node < nodeCells.Count; node++)
        {
            var (region, cell, block) = (board.Region(node), nodeCells[node], $"pblock_node{node}");
            text.Append($"\n# Node {node} in {region}.\n");
            text.Append($"set_property USER_SLR_ASSIGNMENT {region} [get_cells {{{cell}}}]\n");
            text.Append($"create_pblock {block}\n");
            text.Append($"add_cells_to_pblock [get_pblocks {block}] [get_cells {{{cell}}}]\n");
            text.Append($"resize_pblock [get_pblocks {block}] -add {{{region}}}\n");
        }

        return text.ToString();
    }
}
