using System.Runtime.CompilerServices;

namespace LoopLynx.Host;

/// <summary>The requantisation unit: y = RoundShift((acc + bias) * M, s), then the saturation of the output's format.</summary>
public static class Requantise
{
    /// <summary>The value before saturation. acc + bias has at most 45 bits, so that the product fits 62.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Scale(long accumulator, int bias, Multiplier multiplier) =>
        Fixed.RoundShift((accumulator + bias) * multiplier.Value, multiplier.Shift);
}
