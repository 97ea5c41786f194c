using System.Numerics;
using LoopLynx.Hdl;

namespace LoopLynx.Sim.Layout;

/// <summary>
/// How a value lies in bytes, in every engine: lane 0 first, each lane in an element of 1, 2, 4 or 8 bytes (the smallest that holds the width)
/// or, past 64 bits, in little-endian 64-bit words; unsigned lanes are zero-extended and signed lanes sign-extended to the element.
/// </summary>
public static class LaneStorage
{
    /// <summary>Bytes of one lane.</summary>
    public static int ElementBytes(int width) => width switch
    {
        <= 8 => 1,
        <= 16 => 2,
        <= 32 => 4,
        <= 64 => 8,
        _ => (width + 63) / 64 * 8,
    };

    /// <summary>Bytes of all lanes.</summary>
    public static int Bytes(HdlType type) => ElementBytes(type.Width) * type.Lanes;

    /// <summary>Reads one lane.</summary>
    public static BigInteger Read(ReadOnlySpan<byte> storage, HdlType type, int lane)
    {
        var size = ElementBytes(type.Width);
        return new BigInteger(storage.Slice(lane * size, size), isUnsigned: !type.Signed, isBigEndian: false);
    }

    /// <summary>Writes one lane; the value must be in the type's range.</summary>
    public static void Write(Span<byte> storage, HdlType type, int lane, BigInteger value)
    {
        if (!type.Holds(value))
        {
            throw new SimulationException($"value {value} is out of the range of {type}");
        }

        var size = ElementBytes(type.Width);
        var target = storage.Slice(lane * size, size);
        target.Fill(value.Sign < 0 ? (byte)0xff : (byte)0);
        value.TryWriteBytes(target, out _, isUnsigned: !type.Signed && value.Sign >= 0);
    }
}
