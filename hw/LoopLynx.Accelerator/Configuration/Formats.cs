namespace LoopLynx.Accelerator;

/// <summary>The fixed-point formats that the numerics contract (docs/numerics.md) fixes for every plan, each with its derivation.</summary>
public static class Formats
{
    /// <summary>Requantisation multiplier, unsigned.</summary>
    public const int MultiplierBits = 17;

    /// <summary>Requantisation shift, unsigned.</summary>
    public const int ShiftBits = 6;

    /// <summary>Bits of the half of a constant's eight bytes that holds a bias, or a multiplier with its shift.</summary>
    public const int ConstantBits = 32;

    /// <summary>Softmax exponent in Q10: 5 integer and 10 fraction bits.</summary>
    public const int ExponentBits = 15;

    /// <summary>Fraction bits of <see cref="ExponentBits"/>.</summary>
    public const int ExponentFraction = 10;

    /// <summary>An entry of the table of powers of two, and so an unnormalised probability.</summary>
    public const int ProbabilityBits = 16;

    /// <summary>Reciprocals and reciprocal square roots: Q16, at most 1.0.</summary>
    public const int ReciprocalBits = 17;

    /// <summary>Fraction bits of <see cref="ReciprocalBits"/>.</summary>
    public const int ReciprocalFraction = ReciprocalBits - 1;

    /// <summary>Fraction bits of normalised values (layer norm, context).</summary>
    public const int NormalisedFraction = 12;

    /// <summary>Bits of a norm's gain and of its offset.</summary>
    public const int GainBits = 16;

    /// <summary>Fraction bits of a norm's offset.</summary>
    public const int OffsetFraction = 6;

    /// <summary>Register levels of <see cref="ClipPipelined"/>.</summary>
    public const int ClipLevels = 2;

    /// <summary>Clips to the range of a format, in the byte that carries it or in the format's own bits where they are more.</summary>
    public static Signal Clip(this Signal value, NumericFormat format, int containerBits = 8)
    {
        var bits = Math.Max(containerBits, format.Bits);
        return value.Width <= bits ? value.Extend(bits).Clamp(format.Min, format.Max) : value.Clamp(format.Min, format.Max).Truncate(bits);
    }

    /// <summary>As <see cref="Clip"/>, in <see cref="ClipLevels"/> register levels: the comparisons, and the choice.</summary>
    public static Signal ClipPipelined(this Signal value, NumericFormat format, int containerBits = 8)
    {
        var bits = Math.Max(containerBits, format.Bits);
        var wide = value.Extend(Math.Max(value.Width, bits));
        Signal Limit(System.Numerics.BigInteger limit) => Const(SInt(wide.Width), limit);
        var (isAbove, isBelow) = ((wide > Limit(format.Max)).Registered(), (wide < Limit(format.Min)).Registered());
        var inside = wide.Truncate(bits).Registered();
        return Mux(isAbove, Limit(format.Max).Truncate(bits), Mux(isBelow, Limit(format.Min).Truncate(bits), inside)).Registered(name: "clipped");
    }
}
