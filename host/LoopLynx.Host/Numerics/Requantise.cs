using System.Runtime.CompilerServices;

namespace LoopLynx.Host;

/// <summary>The requantisation unit: y = RoundShift((acc + bias) * M, s), then the saturation of the output's format.</summary>
public static class Requantise
{
    /// <summary>The value before saturation. acc + bias fits 32 bits, so the product fits 49.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Scale(int accumulator, int bias, Multiplier multiplier) =>
        Fixed.RoundShift(((long)accumulator + bias) * multiplier.Value, multiplier.Shift);

    /// <summary>To int8, -127..127: queries, keys, values, attention's context.</summary>
    public static sbyte ToInt8(int accumulator, int bias, Multiplier multiplier) => Fixed.Saturate8(Scale(accumulator, bias, multiplier));

    /// <summary>To int16: the pre-activation of GELU.</summary>
    public static short ToInt16(int accumulator, int bias, Multiplier multiplier) => Fixed.Saturate16(Scale(accumulator, bias, multiplier));

    /// <summary>To a 24-bit residual delta.</summary>
    public static int ToInt24(int accumulator, int bias, Multiplier multiplier) => Fixed.Saturate24(Scale(accumulator, bias, multiplier));

    /// <summary>To int32: logits in units of 2^-16.</summary>
    public static int ToInt32(int accumulator, int bias, Multiplier multiplier) => Fixed.Saturate32(Scale(accumulator, bias, multiplier));
}
