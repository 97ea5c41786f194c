using System.Numerics;

namespace LoopLynx.Hdl;

/// <summary>Typing of C# integers in hardware expressions.</summary>
internal static class Literals
{
    /// <summary>The narrowest scalar type that holds the value.</summary>
    public static HdlType Smallest(BigInteger value, bool signed)
    {
        var bits = value.Sign < 0 ? (int)(-value - 1).GetBitLength() + 1 : (int)value.GetBitLength() + (signed ? 1 : 0);
        return new HdlType(Math.Max(1, bits), signed);
    }
}
