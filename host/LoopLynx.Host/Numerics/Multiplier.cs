namespace LoopLynx.Host;

/// <summary>A positive factor Value / 2^Shift, as one DSP multiplier and a shifter apply it.</summary>
/// <param name="Value">M: zero, or 2^16 .. 2^17 - 1.</param>
/// <param name="Shift">s: 0..63.</param>
public readonly record struct Multiplier(int Value, int Shift)
{
    private const int Bits = 17, MaxShift = 63;

    /// <summary>The factor as a real number.</summary>
    public double Real => Math.ScaleB(Value, -Shift);

    /// <summary>The word of the memory image: M in bits 0..16, s in bits 17..22.</summary>
    public uint Packed => (uint)Value | (uint)Shift << Bits;

    /// <summary>The inverse of <see cref="Packed"/>.</summary>
    public static Multiplier FromPacked(uint word) => new((int)(word & ((1u << Bits) - 1)), (int)(word >> Bits) & MaxShift);

    /// <summary>Whether <see cref="FromReal"/> accepts the factor.</summary>
    public static bool Holds(double factor) => factor >= 0 && factor < 1 << Bits;

    /// <summary>
    /// The closest multiplier with the largest M. A factor below 2^-47, which would need a shift above 63, gives zero.
    /// </summary>
    /// <exception cref="HostException">The factor is negative, not finite, or 2^17 or more.</exception>
    public static Multiplier FromReal(double factor)
    {
        if (!Holds(factor))
            throw new HostException(
                $"a rescaling factor of {factor:G4} does not fit the hardware's multiplier (0 .. {(1 << Bits) - 1}); the checkpoint's weights are out of "
                    + "range");
        if (factor == 0)
            return default;
        int shift = Bits - 1 - Math.ILogB(factor);
        long value = (long)Math.Round(Math.ScaleB(factor, shift), MidpointRounding.AwayFromZero);
        if (value == 1L << Bits)
            (value, shift) = (value >> 1, shift - 1);
        return shift > MaxShift ? default : shift < 0 ? new Multiplier((1 << Bits) - 1, 0) : new Multiplier((int)value, shift);
    }
}
