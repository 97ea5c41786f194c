namespace LoopLynx.Host;

/// <summary>Quantises a linear layer to int8, symmetric, one scale per output row.</summary>
internal static class MatrixQuantiser
{
    /// <summary>Largest bias in accumulator units. |accumulator| stays below 2^26 for up to 4096 inputs, so their sum fits 32 bits.</summary>
    private const double MaxBias = 1 << 30;

    /// <summary>Quantises.</summary>
    /// <param name="weight">W, <c>[outputs, inputs]</c>.</param>
    /// <param name="bias">b, <c>[outputs]</c>; null is zero.</param>
    /// <param name="smoothing">Factors on W's columns, <c>[inputs]</c>; null is one.</param>
    /// <param name="inputScale">The real value of one input step.</param>
    /// <param name="order">Which row of W each output row is; null is the order of W.</param>
    /// <param name="outputScale">The real value of one output step, by row of the result.</param>
    /// <param name="cancel">Ends the quantisation between rows.</param>
    public static QuantizedMatrix Quantise(
        FloatMatrix weight, float[]? bias, double[]? smoothing, double inputScale, int[]? order, Func<int, double> outputScale, CancellationToken cancel = default)
    {
        int columns = weight.Columns;
        var weights = new sbyte[weight.Data.Length];
        var biases = new int[weight.Rows];
        var scales = new Multiplier[weight.Rows];
        SharedLoop.Run(weight.Rows, r =>
        {
            int source = order is null ? r : order[r];
            ReadOnlySpan<float> row = weight.Row(source);
            var smoothed = new double[columns];
            double range = 0, offset = bias is null ? 0 : bias[source];
            for (int c = 0; c < columns; c++)
            {
                smoothed[c] = smoothing is null ? row[c] : row[c] * smoothing[c];
                range = Math.Max(range, Math.Abs(smoothed[c]));
            }

            // A row of tiny weights gets a larger step, so that its bias fits; it loses nothing that the output could show.
            double step = Math.Max(range / 127, Math.Abs(offset) / inputScale / MaxBias);
            if (step == 0)
                return;
            for (int c = 0; c < columns; c++)
                weights[r * columns + c] = Fixed.Saturate8((long)Math.Round(smoothed[c] / step, MidpointRounding.AwayFromZero));
            biases[r] = (int)Math.Round(offset / (step * inputScale), MidpointRounding.AwayFromZero);
            double factor = step * inputScale / outputScale(r);
            if (!Multiplier.Holds(factor))
                throw new HostException($"{Culprit(weight, source, bias, range)}: no integer format of the machine holds it (a rescaling factor of {factor:G4}); the checkpoint's weights are out of range");
            scales[r] = Multiplier.FromReal(factor);
        }, cancel);
        return new QuantizedMatrix(weight.Rows, columns, weights, biases, scales);
    }

    /// <summary>The weight or the bias that a row's scale comes from.</summary>
    private static string Culprit(FloatMatrix weight, int row, float[]? bias, double range) => bias is not null && Math.Abs(bias[row]) > range
        ? FormattableString.Invariant($"tensor \"{weight.Name.Replace(".weight", ".bias", StringComparison.Ordinal)}\" element [{row}] = {bias[row]:G4}")
        : weight.Largest(row);
}
