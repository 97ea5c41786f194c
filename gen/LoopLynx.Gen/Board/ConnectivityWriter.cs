using System.Text;

namespace LoopLynx.Gen.Board;

/// <summary>Writes the connectivity file of the Vitis linker: nodes, their dies, their memory channels, and the ring between them.</summary>
/// <remarks>Streams between dies have no depth: a FIFO that the linker adds would be one more place for the ring's credits to be wrong.</remarks>
public static class ConnectivityWriter
{
    private const string LinkUnit = "link";

    /// <summary>The file for the nodes of one card.</summary>
    /// <param name="board">The card.</param>
    /// <param name="units">Name of each node's compute unit.</param>
    /// <param name="ports">Names of kernel and ports.</param>
    /// <param name="link">Closes the ring over another card; null: the ring is on this card.</param>
    public static string Write(U50 board, IReadOnlyList<string> units, KernelPorts ports, LinkKernel? link = null)
    {
        board.CheckNodes(units.Count);
        var text = new StringBuilder("[connectivity]\n");
        text.Append($"nk={ports.Kernel}:{units.Count}:{string.Join('.', units)}\n");
        if (link is not null)
        {
            text.Append($"# {link.Version}\n");
            text.Append($"nk={link.Kernel}:1:{LinkUnit}\n");
        }

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

            text.Append($"sp={units[node]}.{ports.Host}:HBM[{board.HostChannel(node)}]\n");
        }

        WriteRing(text, units, ports, link);
        return text.ToString();
    }

    private static void WriteRing(StringBuilder text, IReadOnlyList<string> units, KernelPorts ports, LinkKernel? link)
    {
        // A ring of one node is a node that talks to nobody.
        for (var node = 0; node < units.Count && units.Count > 1; node++)
        {
            var (from, to) = ($"{units[node]}.{ports.RingOut}", $"{units[(node + 1) % units.Count]}.{ports.RingIn}");
            if (link is null || node < units.Count - 1)
            {
                text.Append($"stream_connect={from}:{to}\n");
            }
            else
            {
                text.Append($"stream_connect={from}:{LinkUnit}.{link.Send}\nstream_connect={LinkUnit}.{link.Receive}:{to}\n");
            }
        }

        foreach (var (card, port, fromCard) in link?.Connect ?? [])
        {
            text.Append(fromCard ? $"connect={card}:{LinkUnit}/{port}\n" : $"connect={LinkUnit}/{port}:{card}\n");
        }
    }
}
