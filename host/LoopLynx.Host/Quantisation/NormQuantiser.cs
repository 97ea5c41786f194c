namespace LoopLynx.Host;

/// <summary>
/// SmoothQuant, alpha 0.5, on a norm and the matrices behind it. Channel j of the norm's output, with range a_j, is divided by
/// f_j = sqrt(a_j / w_j), where w_j is the largest weight of their columns j; the matrices take the factor. Both then have the range
/// sqrt(a_j * w_j), so that neither a loud channel nor a large weight dictates the step of all others.
/// </summary>
internal sealed class NormQuantiser
{
    private const int BetaBits = 6, MaxGammaBits = 15;

    private readonly NumericFormat constants;

    /// <summary>Plans a norm from its output's range per channel.</summary>
    /// <param name="norm">Gain and offset.</param>
    /// <param name="absMax">The output's range, <c>[E]</c>.</param>
    /// <param name="next">The matrices that read it; without any, no channel is smoothed.</param>
    /// <param name="epsilon">Epsilon of the integer norm.</param>
    /// <param name="output">Format of the output.</param>
    /// <param name="constants">Format of gains and offsets.</param>
    public NormQuantiser(
        NormWeights norm, ReadOnlySpan<float> absMax, IReadOnlyList<FloatMatrix> next, ulong epsilon, NumericFormat output, NumericFormat constants)
    {
        this.constants = constants;
        float[] columns = ColumnAbsMax(next, absMax.Length);
        Smoothing = new double[absMax.Length];
        double range = 0;
        for (int i = 0; i < absMax.Length; i++)
        {
            // A channel that is always zero, or that nothing reads, needs no smoothing.
            Smoothing[i] = absMax[i] > 0 && columns[i] > 0 ? Math.Sqrt((double)absMax[i] / columns[i]) : 1;
            range = Math.Max(range, absMax[i] / Smoothing[i]);
        }
        OutputScale = LayerQuantiser.StepSize(range, output);
        Norm = Quantise(norm, epsilon);
    }

    /// <summary>f_j: the factors that the columns of the matrices take, <c>[E]</c>.</summary>
    public double[] Smoothing { get; }

    /// <summary>The real value of one step of the smoothed output.</summary>
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
        while (bits > 0 && Math.Round(Math.ScaleB(largest, bits)) > constants.Max)
            bits--;
        return new QuantizedNorm(
            [.. gains.Select(gain => Clip(Math.ScaleB(gain, bits)))],
            [.. norm.Beta.Select((beta, i) => Clip(Math.ScaleB(beta / Smoothing[i] / OutputScale, BetaBits)))],
            bits, epsilon);
    }

    private short Clip(double value)
    {
        double rounded = Math.Round(value, MidpointRounding.AwayFromZero), clipped = Math.Clamp(rounded, constants.Min, constants.Max);
        Saturated += clipped != rounded ? 1 : 0;
        return (short)clipped;
    }

    private static float[] ColumnAbsMax(IReadOnlyList<FloatMatrix> matrices, int count)
    {
        var columns = new float[count];
        foreach (FloatMatrix matrix in matrices)
            for (int r = 0; r < matrix.Rows; r++)
            {
                ReadOnlySpan<float> row = matrix.Row(r);
                for (int c = 0; c < columns.Length; c++)
                    columns[c] = Math.Max(columns[c], Math.Abs(row[c]));
            }
        return columns;
    }
}
