using System.Globalization;
using System.Numerics;
using LoopLynx.Hdl;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Fuzz.Engines;

/// <summary>A stored value as the bits of a Verilog port: lane 0 least significant.</summary>
internal static class PortBits
{
    /// <summary>The bits as a number.</summary>
    public static BigInteger Pack(HdlType type, ReadOnlySpan<byte> storage)
    {
        var element = new HdlType(type.Width, false);
        var bits = BigInteger.Zero;
        for (var lane = type.Lanes - 1; lane >= 0; lane--)
        {
            bits = (bits << type.Width) | element.Wrap(LaneStorage.Read(storage, type, lane));
        }

        return bits;
    }

    /// <summary>The bits in hexadecimal digits without leading zeros.</summary>
    public static string Hex(HdlType type, ReadOnlySpan<byte> storage) => Trim(Pack(type, storage).ToString("x", CultureInfo.InvariantCulture));

    /// <summary>Digits without leading zeros.</summary>
    public static string Trim(string digits) => digits.TrimStart('0') is { Length: > 0 } rest ? rest : "0";
}
