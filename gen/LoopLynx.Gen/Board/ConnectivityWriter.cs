using System.Text;

namespace LoopLynx.Gen.Board;

/// <summary>Writes the connectivity file of the Vitis linker: nodes, their dies, their memory channels, and the ring between them.</summary>
public static class ConnectivityWriter
{
    /// <summary>The file for the nodes of one card.</summary>
    /// <param name="board">The card.</param>
    /// <param name="units">Name of each node's compute unit.</param>
    /// <param name="ports">Names of kernel and ports.</param>
    public static string Write(U50 board, IReadOnlyList<string> units, KernelPorts ports)
    {
        board.CheckNodes(units.Count);
        var text = new StringBuilder("[connectivity]\n");
        text.Append($"nk={ports.Kernel}:{units.Count}:{string.Join('.', units)}\n");
        for (var node = 0; node < units.Count; node++)
        {
            text.Append($"slr={units[node]}:{board.Region(node)}\n");
        }

        for (var node = 0; node < units.Count; node++)
        {
            for (var channel = 0; channel < board.ChannelsPerNode; channel++)
            {
                text.Append($"sp={units[node]}.{ports.Memory}{channel}:HBM[{board.Channel(node, channel)}]\n");
            }
        }

        // A ring of one node is a node that talks to nobody.
        for (var node = 0; node < units.Count && units.Count > 1; node++)
        {
            var next = units[(node + 1) % units.Count];
            text.Append($"stream_connect={units[node]}.{ports.RingOut}:{next}.{ports.RingIn}:{ports.RingDepth}\n");
        }

        return text.ToString();
    }
}
