namespace LoopLynx.Accelerator;

/// <summary>The fixed-point formats of the numerics contract (docs/numerics.md), each with its derivation.</summary>
public static class Formats
{
    /// <summary>Residual stream: 24-bit two's complement; its fraction is the host's choice.</summary>
    public const int ResidualBits = 24;

    /// <summary>Accumulator of a linear layer.</summary>
    public const int AccumulatorBits = 32;

    /// <summary>Requantisation multiplier, unsigned.</summary>
    public const int MultiplierBits = 17;

    /// <summary>Requantisation shift, unsigned.</summary>
    public const int ShiftBits = 6;

    /// <summary>Softmax exponent in Q10: 5 integer and 10 fraction bits.</summary>
    public const int ExponentBits = 15;

    /// <summary>Fraction bits of <see cref="ExponentBits"/>.</summary>
    public const int ExponentFraction = 10;

    /// <summary>Unnormalised probability.</summary>
    public const int ProbabilityBits = 16;

    /// <summary>Reciprocals and reciprocal square roots: Q16, at most 1.0.</summary>
    public const int ReciprocalBits = 17;

    /// <summary>Fraction bits of normalised values (layer norm, context).</summary>
    public const int NormalisedFraction = 12;

    /// <summary>An int8 activation or weight.</summary>
    public static HdlType Int8 => SInt(8);

    /// <summary>A residual value.</summary>
    public static HdlType Residual => SInt(ResidualBits);

    /// <summary>Bits of a score q . k: products of 15 bits and sign, summed over the head.</summary>
    public static int ScoreBits(int headDim) => 16 + Sizes.CeilLog2(headDim);

    /// <summary>Bits of an unsigned sum of probabilities over the context.</summary>
    public static int SumBits(int context) => ProbabilityBits + Sizes.CeilLog2(context + 1);

    /// <summary>Bits of a signed sum of probability x value over the context.</summary>
    public static int MixBits(int context) => ProbabilityBits + 8 + Sizes.CeilLog2(context + 1);

    /// <summary>Clips to the symmetric int8 range -127..127.</summary>
    public static Signal ToInt8(this Signal value) => value.Width <= 8 ? value.Extend(8).Clamp(-127, 127) : value.Clamp(-127, 127).Truncate(8);
}
