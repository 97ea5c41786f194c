using System.Runtime.CompilerServices;

namespace LoopLynx.Host;

/// <summary>Rounding and saturation, as every unit of the accelerator does them.</summary>
public static class Fixed
{
    /// <summary>Largest value of the 24-bit residual stream; the smallest is -<see cref="Max24"/> - 1.</summary>
    public const int Max24 = (1 << 23) - 1;

    /// <summary>Smallest value of the 24-bit residual stream.</summary>
    public const int Min24 = -(1 << 23);

    /// <summary>x / 2^shift rounded to nearest, ties towards plus infinity; shift 0..63, |x| below 2^62.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long RoundShift(long x, int shift) => shift == 0 ? x : (x + (1L << (shift - 1))) >> shift;

    /// <summary>Clips to -127..127: int8 without -128, which the packed multipliers cannot take.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static sbyte Saturate8(long x) => (sbyte)Math.Clamp(x, -127, 127);

    /// <summary>Clips to 16-bit two's complement.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short Saturate16(long x) => (short)Math.Clamp(x, short.MinValue, short.MaxValue);

    /// <summary>Clips to 24-bit two's complement.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Saturate24(long x) => (int)Math.Clamp(x, Min24, Max24);

    /// <summary>Clips to 32-bit two's complement.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Saturate32(long x) => (int)Math.Clamp(x, int.MinValue, int.MaxValue);

    /// <summary>A real number in units of 2^-fractionBits, ties away from zero, saturated to 24 bits.</summary>
    public static int ToResidual(double value, int fractionBits) =>
        (int)Math.Clamp(Math.Round(value * (1L << fractionBits), MidpointRounding.AwayFromZero), Min24, Max24);
}
