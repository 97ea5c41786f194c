using System.Numerics;

namespace LoopLynx.Hdl;

/// <summary>Widths that follow from counts.</summary>
public static class Sizes
{
    /// <summary>Bits that count 0 .. <paramref name="count"/> - 1; at least 1.</summary>
    public static int AddressBits(int count) => Math.Max(1, CeilLog2(count));

    /// <summary>Bits that hold the number <paramref name="value"/> itself; at least 1.</summary>
    public static int BitsFor(BigInteger value) => Math.Max(1, (int)value.GetBitLength());

    /// <summary>Smallest n with 2^n at least <paramref name="count"/>.</summary>
    public static int CeilLog2(long count) => count <= 1 ? 0 : 64 - BitOperations.LeadingZeroCount((ulong)(count - 1));
}
