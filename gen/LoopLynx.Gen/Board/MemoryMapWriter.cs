using System.Text;
using System.Text.Json;

namespace LoopLynx.Gen.Board;

/// <summary>Writes where everything lies in the card's memory, as JSON for the host.</summary>
public static class MemoryMapWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    /// <summary>The map, in the order of the regions. <c>address</c> is the byte address in the whole memory.</summary>
    /// <exception cref="ArgumentException">A region passes the end of its channel or overlaps another.</exception>
    public static string Write(U50 board, IReadOnlyList<MemoryRegion> regions)
    {
        Check(board, regions);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("board", board.Name);
            json.WriteNumber("bytesPerChannel", board.BytesPerChannel);
            json.WriteStartArray("regions");
            foreach (var region in regions)
            {
                var channel = board.Channel(region.Node, region.Channel);
                json.WriteStartObject();
                json.WriteString("name", region.Name);
                json.WriteNumber("node", region.Node);
                json.WriteNumber("hbmChannel", channel);
                json.WriteNumber("offset", region.Offset);
                json.WriteNumber("bytes", region.Bytes);
                json.WriteNumber("address", (channel * board.BytesPerChannel) + region.Offset);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Check(U50 board, IReadOnlyList<MemoryRegion> regions)
    {
        foreach (var region in regions)
        {
            if (region.Offset < 0 || region.Bytes < 0 || region.Offset + region.Bytes > board.BytesPerChannel)
            {
                throw new ArgumentException(
                    $"region '{region.Name}' ({region.Bytes} bytes at {region.Offset}) doesn't fit a channel of {board.BytesPerChannel} bytes");
            }
        }

        foreach (var channel in regions.GroupBy(r => (r.Node, r.Channel)))
        {
            var sorted = channel.OrderBy(r => r.Offset).ToArray();
            for (var i = 1; i < sorted.Length; i++)
            {
                if (sorted[i - 1].Offset + sorted[i - 1].Bytes > sorted[i].Offset)
                {
                    throw new ArgumentException($"regions '{sorted[i - 1].Name}' and '{sorted[i].Name}' overlap");
                }
            }
        }
    }
}
