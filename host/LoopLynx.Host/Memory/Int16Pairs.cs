using System.Buffers.Binary;

namespace LoopLynx.Host;

/// <summary>Two tables of 16-bit numbers, entry by entry: gain and offset, base and slope.</summary>
internal static class Int16Pairs
{
    private const int PairBytes = 2 * sizeof(short);

    public static byte[] ToBytes(short[] first, short[] second)
    {
        var bytes = new byte[PairBytes * first.Length];
        for (var i = 0; i < first.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(PairBytes * i), first[i]);
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan((PairBytes * i) + sizeof(short)), second[i]);
        }

        return bytes;
    }

    public static (short[] First, short[] Second) FromBytes(ReadOnlySpan<byte> bytes)
    {
        var (first, second) = (new short[bytes.Length / PairBytes], new short[bytes.Length / PairBytes]);
        for (var i = 0; i < first.Length; i++)
        {
            first[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(PairBytes * i)..]);
            second[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[((PairBytes * i) + sizeof(short))..]);
        }

        return (first, second);
    }
}
