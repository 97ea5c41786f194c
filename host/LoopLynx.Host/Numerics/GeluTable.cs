namespace LoopLynx.Host;

/// <summary>GELU (tanh form) from pre-activations to activations: 256 segments, linear in each.</summary>
public sealed class GeluTable : IStepParameters
{
    /// <summary>Segments; together they cover the pre-activation's format.</summary>
    public const int Segments = Unary.Segments;

    /// <summary>Fraction bits of bases and slopes, in steps of the output.</summary>
    private const int BaseBits = 6;

    private const int SegmentBits = 8;

    /// <summary>Wraps the tables, <see cref="Segments"/> entries each.</summary>
    public GeluTable(short[] bases, short[] slopes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bases.Length, Segments);
        ArgumentOutOfRangeException.ThrowIfNotEqual(slopes.Length, Segments);
        (Bases, Slopes) = (bases, slopes);
    }

    /// <summary>The output at each segment's start, in Q6 of an output step.</summary>
    public short[] Bases { get; }

    /// <summary>The rise over each segment, in Q6 of an output step.</summary>
    public short[] Slopes { get; }

    /// <summary>The table for a pre-activation in steps of <paramref name="inputScale"/> and an output in steps of <paramref name="outputScale"/>.</summary>
    public static GeluTable Create(double inputScale, double outputScale, NumericPlan plan)
    {
        NumericFormat input = plan.PreActivation, entry = plan.Parameter;
        long width = 1L << FractionBits(input);
        var knots = new short[Segments + 1];
        for (int i = 0; i <= Segments; i++)
            knots[i] = (short)Fixed.FromReal(Gelu((i * width + input.Min) * inputScale) / outputScale, BaseBits, entry);
        var slopes = new short[Segments];
        for (int i = 0; i < Segments; i++)
            slopes[i] = (short)entry.Clip(knots[i + 1] - knots[i]);
        return new GeluTable(knots[..Segments], slopes);
    }

    /// <summary>GELU of a pre-activation.</summary>
    public int Apply(int preActivation, NumericPlan plan)
    {
        int bits = FractionBits(plan.PreActivation);
        int u = preActivation - (int)plan.PreActivation.Min, segment = u >> bits, fraction = u & ((1 << bits) - 1);
        return (int)plan.Activation.Clip(Fixed.RoundShift(((long)Bases[segment] << bits) + (long)Slopes[segment] * fraction, bits + BaseBits));
    }

    /// <inheritdoc/>
    public byte[] Bytes(Section section, int node, int nodes) => Int16Pairs.ToBytes(Bases, Slopes);

    private static int FractionBits(NumericFormat preActivation) => preActivation.Bits - SegmentBits;

    private static double Gelu(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
}
