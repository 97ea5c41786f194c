namespace LoopLynx.Host;

/// <summary>Quantises a linear layer, symmetric, one scale per output row.</summary>
internal static class MatrixQuantiser
{
    /// <summary>Bits of the bias's format that stay free, so that accumulator and bias together fit it.</summary>
    private const int FreeBiasBits = 2;

    /// <summary>Quantises.</summary>
    /// <param name="weight">W, <c>[outputs, inputs]</c>.</param>
    /// <param name="bias">b, <c>[outputs]</c>; null is zero.</param>
    /// <param name="smoothing">Factors on W's columns, <c>[inputs]</c>; null is one.</param>
    /// <param name="inputScale">The real value of one input step.</param>
    /// <param name="plan">The formats of weights and biases.</param>
    /// <param name="outputScale">The real value of one output step, by row.</param>
    /// <param name="cancel">Ends the quantisation between rows.</param>
    public static QuantizedMatrix Quantise(
        FloatMatrix weight, float[]? bias, double[]? smoothing, double inputScale, NumericPlan plan, Func<int, double> outputScale,
        CancellationToken cancel = default)
    {
        int columns = weight.Columns;
        NumericFormat format = plan.Weight;
        double maxBias = Math.ScaleB(1, plan.Bias.Bits - FreeBiasBits);
        var weights = new sbyte[weight.Data.Length];
        var biases = new int[weight.Rows];
        var scales = new Multiplier[weight.Rows];
        SharedLoop.Run(weight.Rows, r =>
        {
            ReadOnlySpan<float> row = weight.Row(r);
            var smoothed = new double[columns];
            double range = 0, offset = bias is null ? 0 : bias[r];
            for (int c = 0; c < columns; c++)
            {
                smoothed[c] = smoothing is null ? row[c] : row[c] * smoothing[c];
                range = Math.Max(range, Math.Abs(smoothed[c]));
            }

            // A row of tiny weights gets a larger step, so that its bias fits; it loses nothing that the output could show.
            double step = Math.Max(range / format.Max, Math.Abs(offset) / inputScale / maxBias);
            if (step == 0)
                return;
            for (int c = 0; c < columns; c++)
                weights[r * columns + c] = (sbyte)format.Clip((long)Math.Round(smoothed[c] / step, MidpointRounding.AwayFromZero));
            biases[r] = (int)Math.Round(offset / (step * inputScale), MidpointRounding.AwayFromZero);
            double factor = step * inputScale / outputScale(r);
            if (!Multiplier.Holds(factor))
                throw new HostException(
                    $"{Culprit(weight, r, bias, range)}: no integer format of the machine holds it (a rescaling factor of {factor:G4}); the checkpoint's "
                        + "weights are out of range");
            scales[r] = Multiplier.FromReal(factor);
        }, cancel);
        return new QuantizedMatrix(weight.Rows, columns, weights, biases, scales);
    }

    /// <summary>The weight or the bias that a row's scale comes from.</summary>
    private static string Culprit(FloatMatrix weight, int row, float[]? bias, double range)
    {
        if (bias is null || Math.Abs(bias[row]) <= range)
        {
            return weight.Largest(row);
        }

        var name = weight.Name.Replace(".weight", ".bias", StringComparison.Ordinal);
        return FormattableString.Invariant($"tensor \"{name}\" element [{(weight.FileOrder is { } order ? order[row] : row)}] = {bias[row]:G4}");
    }
}
