using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace LoopLynx.Host.Tests;

/// <summary>Builds safetensors files, sound and unsound.</summary>
internal sealed class SafeTensorsBuilder
{
    private readonly List<string> entries = [];
    private readonly List<byte> data = [];

    public SafeTensorsBuilder F32(string name, long[] shape, params float[] values) =>
        Raw(name, "F32", shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    public SafeTensorsBuilder Raw(string name, string type, long[] shape, byte[] bytes)
    {
        Entry($"\"{name}\":{{\"dtype\":\"{type}\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{data.Count},{data.Count + bytes.Length}]}}");
        data.AddRange(bytes);
        return this;
    }

    /// <summary>A header entry as text, with no data.</summary>
    public SafeTensorsBuilder Entry(string json)
    {
        entries.Add(json);
        return this;
    }

    public byte[] Build() => Build("{\"__metadata__\":{\"format\":\"pt\"}," + string.Join(',', entries) + "}", [.. data]);

    public static byte[] Build(string header, byte[] data)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)Encoding.UTF8.GetByteCount(header));
        return [.. length, .. Encoding.UTF8.GetBytes(header), .. data];
    }
}
