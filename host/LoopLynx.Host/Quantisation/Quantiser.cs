namespace LoopLynx.Host;

/// <summary>Turns a float32 checkpoint into the accelerator's integers (W8A8, SmoothQuant, static scales).</summary>
public static class Quantiser
{
    private const int DefaultFractionBits = 10;

    /// <summary>Quantises with ranges from <see cref="Calibration"/>.</summary>
    /// <param name="checkpoint">The float32 weights.</param>
    /// <param name="ranges">Ranges of the activations.</param>
    /// <param name="cancel">Ends the quantisation.</param>
    /// <exception cref="HostException">The weights are so large that no integer format holds them; the message names a tensor and its element.</exception>
    public static QuantizedModel Quantise(Gpt2Checkpoint checkpoint, CalibrationRanges ranges, CancellationToken cancel = default)
    {
        ScaleCheck.CheckFinite(checkpoint, ranges);
        int fractionBits = FractionBits(ranges.Residual());
        var quantiser = new LayerQuantiser(checkpoint.Config, ranges, fractionBits, cancel);
        QuantizedLayer[] layers = [.. checkpoint.Layers.Select((weights, layer) => quantiser.Quantise(layer, weights))];
        NormQuantiser final = quantiser.Norm(checkpoint.FinalNorm, ActivationSite.FinalNorm, 0, checkpoint.LmHead);
        return new QuantizedModel
        {
            Shape = checkpoint.Config.Shape,
            FractionBits = fractionBits,
            Layers = layers,
            FinalNorm = final.Norm,
            LmHead = MatrixQuantiser.Quantise(checkpoint.LmHead, null, final.Smoothing, final.OutputScale, null, _ => Math.ScaleB(1, -GoldenModel.LogitBits), cancel),
            Embedding = new CheckpointEmbedding(checkpoint, fractionBits),
            SaturatedConstants = quantiser.SaturatedConstants,
        };
    }

    /// <summary>The most fraction bits, up to ten, with which twice the calibrated residual range fits 24 bits.</summary>
    internal static int FractionBits(double residualRange)
    {
        int bits = DefaultFractionBits;
        while (bits > 0 && Math.ScaleB(2 * residualRange, bits) > Fixed.Max24)
            bits--;
        return bits;
    }
}
