namespace LoopLynx.Host;

/// <summary>Random models are described in steps of 8-bit formats; other formats get the same share of their range.</summary>
internal static class SyntheticRange
{
    /// <summary>Largest value of the 8-bit formats.</summary>
    public const int ByteMax = 127;

    /// <summary>Steps of a format in one step of 8 bits; exactly 1 for 8 bits.</summary>
    public static double Of(NumericFormat format) => format.Max / (double)ByteMax;
}
