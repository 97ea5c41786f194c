using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace LoopLynx.Sim.Waves;

/// <summary>Bytes of an FST file being put together: big-endian integers, variable-length integers (seven bits a byte, low ones first), packed values.</summary>
internal sealed class FstBuffer
{
    // Less isn't worth a compressor's start.
    private const int MinimumToCompress = 64;

    private readonly ArrayBufferWriter<byte> _bytes = new(16);

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>Bytes written.</summary>
    public int Length => _bytes.WrittenCount;

    /// <summary>Forgets everything.</summary>
    public void Clear() => _bytes.ResetWrittenCount();

    public void Byte(int value)
    {
        _bytes.GetSpan(1)[0] = (byte)value;
        _bytes.Advance(1);
    }

    public void Raw(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    /// <summary>A big-endian 64-bit integer.</summary>
    public void UInt64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
    }

    /// <summary>An unsigned integer of variable length.</summary>
    public void Varint(long value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Byte((int)(value & 0x7f) | 0x80);
        }

        Byte((int)value);
    }

    /// <summary>A signed integer of variable length: bit 6 of the last byte is the sign. Only positive ones occur here.</summary>
    public void SignedVarint(long value)
    {
        for (; value >= 0x40; value >>= 7)
        {
            Byte((int)(value & 0x7f) | 0x80);
        }

        Byte((int)value);
    }

    /// <summary>A text that a zero ends.</summary>
    public void Text(string text)
    {
        Raw(Encoding.UTF8.GetBytes(text));
        Byte(0);
    }

    /// <summary>A text in a field of fixed size, zeros behind it.</summary>
    public void Field(string text, int size) => Raw(Encoding.UTF8.GetBytes(text.PadRight(size, '\0'))[..size]);

    /// <summary>A value's bits, the most significant first, from the top of the first byte.</summary>
    public void Value(ReadOnlySpan<ulong> value, int bits)
    {
        for (var high = bits; high > 0; high -= 8)
        {
            var width = Math.Min(8, high);
            Byte((int)Interpreted.PackedBits.Extract(value, high - width, width) << (8 - width));
        }
    }

    /// <summary>The bytes in zlib's format, or null where that saves nothing.</summary>
    public static byte[]? Compressed(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < MinimumToCompress)
        {
            return null;
        }

        using var result = new MemoryStream();
        using (var zlib = new ZLibStream(result, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return result.Length < bytes.Length ? result.ToArray() : null;
    }
}
