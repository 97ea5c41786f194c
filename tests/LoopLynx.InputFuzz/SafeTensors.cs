using System.Buffers.Binary;
using System.Text;

namespace LoopLynx.InputFuzz;

/// <summary>A safetensors file as header and data, taken apart and put together again.</summary>
public static class SafeTensors
{
    /// <summary>The header's text and the data behind it.</summary>
    public static (string Header, byte[] Data) Split(byte[] file)
    {
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        return (Encoding.UTF8.GetString(file, 8, length), file[(8 + length)..]);
    }

    /// <summary>The file of a header and data.</summary>
    public static byte[] Join(string header, byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)text.Length);
        return [.. length, .. text, .. data];
    }
}
