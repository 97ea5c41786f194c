namespace LoopLynx.Host;

/// <summary>
/// SmoothQuant, alpha 0.5, on a layer norm and the matrix behind it. Channel j of the norm's output, with range a_j, is divided by
/// f_j = sqrt(a_j / w_j), where w_j is the largest weight of column j; the matrix takes the factor. Both then have the range
/// sqrt(a_j * w_j), so that neither a loud channel nor a large weight dictates the step of all others.
/// </summary>
internal sealed class NormQuantiser
{
    private const int BetaBits = 6, MaxGammaBits = 15;

    /// <summary>Plans the norm in front of <paramref name="next"/> from its output's range per channel.</summary>
    public NormQuantiser(NormWeights norm, ReadOnlySpan<float> absMax, FloatMatrix next, ulong epsilon)
    {
        float[] columns = ColumnAbsMax(next);
        Smoothing = new double[absMax.Length];
        double range = 0;
        for (int i = 0; i < absMax.Length; i++)
        {
            // A channel that is always zero, or that nothing reads, needs no smoothing.
            Smoothing[i] = absMax[i] > 0 && columns[i] > 0 ? Math.Sqrt((double)absMax[i] / columns[i]) : 1;
            range = Math.Max(range, absMax[i] / Smoothing[i]);
        }
        OutputScale = range > 0 ? range / 127 : 1;
        Norm = Quantise(norm, epsilon);
    }

    /// <summary>f_j: the factors that the matrix's columns take, <c>[E]</c>.</summary>
    public double[] Smoothing { get; }

    /// <summary>The real value of one int8 step of the smoothed output.</summary>
    public double OutputScale { get; }

    /// <summary>The integer constants.</summary>
    public QuantizedNorm Norm { get; }

    /// <summary>Constants that were clipped to 16 bits.</summary>
    public int Saturated { get; private set; }

    private QuantizedNorm Quantise(NormWeights norm, ulong epsilon)
    {
        double[] gains = [.. norm.Gamma.Select((gamma, i) => gamma / Smoothing[i] / OutputScale)];
        double largest = gains.Max(Math.Abs);
        int bits = MaxGammaBits;
        while (bits > 0 && Math.Round(Math.ScaleB(largest, bits)) > short.MaxValue)
            bits--;
        return new QuantizedNorm(
            [.. gains.Select(gain => Clip(Math.ScaleB(gain, bits)))],
            [.. norm.Beta.Select((beta, i) => Clip(Math.ScaleB(beta / Smoothing[i] / OutputScale, BetaBits)))],
            bits, epsilon);
    }

    private short Clip(double value)
    {
        double rounded = Math.Round(value, MidpointRounding.AwayFromZero), clipped = Math.Clamp(rounded, short.MinValue, short.MaxValue);
        Saturated += clipped != rounded ? 1 : 0;
        return (short)clipped;
    }

    private static float[] ColumnAbsMax(FloatMatrix matrix)
    {
        var columns = new float[matrix.Columns];
        for (int r = 0; r < matrix.Rows; r++)
        {
            ReadOnlySpan<float> row = matrix.Row(r);
            for (int c = 0; c < columns.Length; c++)
                columns[c] = Math.Max(columns[c], Math.Abs(row[c]));
        }
        return columns;
    }
}
