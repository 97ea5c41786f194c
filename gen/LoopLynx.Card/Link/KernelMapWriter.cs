using System.Text;
using System.Text.Json;
using LoopLynx.Accelerator;
using LoopLynx.Gen.Board;

namespace LoopLynx.Card.Link;

/// <summary>
/// Writes what the host must know of the kernel that lies in an xclbin: the hash of the design, which a register confirms, the shape of its rows, and a buffer
/// for each pointer. A buffer's bank is the link's: the host asks for it by the argument's number.
/// </summary>
public static class KernelMapWriter
{
    /// <summary>Name of the file.</summary>
    public const string Name = "memory-map.json";

    /// <summary>Version of the file's form.</summary>
    public const int FormatVersion = 3;

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    /// <summary>The map.</summary>
    /// <exception cref="ArgumentException">A buffer is larger than a bank of the card.</exception>
    public static string Write(CardKernel kernel, U50 board)
    {
        var c = kernel.Configuration;
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("formatVersion", FormatVersion);
            json.WriteString("kernel", CardKernel.Name);
            json.WriteString("board", board.Name);
            json.WriteStartArray("designHash");
            foreach (var word in KernelHash.Of(c))
            {
                json.WriteNumberValue(word);
            }

            json.WriteEndArray();
            json.WriteNumber("nodes", c.Nodes);
            json.WriteNumber("channels", c.Channels);
            json.WriteNumber("beatBytes", c.Lanes);
            json.WriteNumber("pace", CardRing.ReadPace(c));
            json.WriteNumber("embed", c.Embed);
            json.WriteNumber("context", c.Context);
            json.WriteNumber("rowBytes", HostWrite.RowBytes(c));
            json.WriteNumber("reportWords", KernelReportWords.Of(c).Count);
            json.WriteStartArray("buffers");
            foreach (var argument in kernel.Arguments.Where(a => a.Port is not null))
            {
                Buffer(json, kernel, board, argument);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Buffer(Utf8JsonWriter json, CardKernel kernel, U50 board, KernelArgument argument)
    {
        var c = kernel.Configuration;
        var kind = argument.Port == KernelRegisters.HostPort ? argument.Name : "memory";
        var bytes = kind switch
        {
            "embeddings" => HostWrite.RowBytes(c),
            "results" => HostWrite.RowBytes(c) + KernelReportWords.Bytes(c),
            _ => c.Map.ChannelBytes,
        };
        if (bytes > board.BytesPerChannel)
        {
            throw new ArgumentException($"the buffer '{argument.Name}' has {bytes} bytes, and a bank of the {board.Name} has {board.BytesPerChannel}");
        }

        json.WriteStartObject();
        json.WriteString("name", argument.Name);
        json.WriteString("kind", kind);
        json.WriteNumber("argument", argument.Id);
        json.WriteString("port", argument.Port);
        json.WriteNumber("bytes", bytes);
        json.WriteStartArray("regions");
        foreach (var region in kind == "memory" ? c.Map.Regions : [])
        {
            json.WriteStartObject();
            json.WriteString("name", region.Name);
            json.WriteNumber("offset", region.Offset);
            json.WriteNumber("bytes", region.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
