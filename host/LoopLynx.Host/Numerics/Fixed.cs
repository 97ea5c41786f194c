using System.Runtime.CompilerServices;

namespace LoopLynx.Host;

/// <summary>Rounding, as every unit of the accelerator does it. Saturation is a property of a <see cref="NumericFormat"/>.</summary>
public static class Fixed
{
    /// <summary>x / 2^shift rounded to nearest, ties towards plus infinity; shift 0..63, |x| below 2^62.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long RoundShift(long x, int shift) => shift == 0 ? x : (x + (1L << (shift - 1))) >> shift;

    /// <summary>A real number in units of 2^-fractionBits, ties away from zero, clipped to a format of at most 32 bits.</summary>
    public static int FromReal(double value, int fractionBits, NumericFormat format) =>
        (int)Math.Clamp(Math.Round(value * (1L << fractionBits), MidpointRounding.AwayFromZero), format.Min, format.Max);
}
