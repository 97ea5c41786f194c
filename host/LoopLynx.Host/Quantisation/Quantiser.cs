namespace LoopLynx.Host;

/// <summary>Turns a float32 checkpoint into the accelerator's integers (SmoothQuant, static scales).</summary>
public static class Quantiser
{
    private const int DefaultFractionBits = 10;

    /// <summary>Quantises with ranges from <see cref="Calibration"/>.</summary>
    /// <param name="checkpoint">The float32 weights.</param>
    /// <param name="ranges">The ranges of its activations.</param>
    /// <param name="plan">The formats; null: weights and activations of 8 bits.</param>
    /// <param name="operations">What each kind of operation computes; null: the product's operations.</param>
    /// <param name="cancel">Ends the quantisation.</param>
    /// <exception cref="HostException">The weights are so large that no integer format holds them; the message names a tensor and its element.</exception>
    public static QuantizedModel Quantise(
        Checkpoint checkpoint, CalibrationRanges ranges, NumericPlan? plan = null, OperationTable? operations = null, CancellationToken cancel = default)
    {
        ScaleCheck.CheckFinite(checkpoint, ranges);
        (plan, operations) = (plan ?? NumericPlan.Int8, operations ?? OperationTable.Default);
        int fractionBits = FractionBits(ranges.Residual(), plan.Residual);
        var context = new QuantiserContext(checkpoint.Config.Description, plan, operations, ranges, fractionBits, cancel);
        QuantizedLayer[] layers = [.. checkpoint.Layers.Select((weights, layer) => new LayerQuantiser(context, layer, weights).Quantise())];
        var final = new NormQuantiser(
            checkpoint.FinalNorm, ranges.Channels(ActivationSite.FinalNorm, 0), [checkpoint.LmHead], context.Epsilon, plan.Activation, plan.Parameter);
        return new QuantizedModel
        {
            Description = checkpoint.Config.Description,
            Plan = plan,
            Operations = operations,
            FractionBits = fractionBits,
            Layers = layers,
            FinalNorm = final.Norm,
            LmHead = MatrixQuantiser.Quantise(
                checkpoint.LmHead, null, final.Smoothing, final.OutputScale, plan, _ => Math.ScaleB(1, -GoldenModel.LogitBits), cancel),
            Embedding = new CheckpointEmbedding(checkpoint, fractionBits, plan.Residual),
            SaturatedConstants = context.SaturatedConstants + final.Saturated,
        };
    }

    /// <summary>The most fraction bits, up to ten, with which twice the calibrated residual range fits its format.</summary>
    internal static int FractionBits(double residualRange, NumericFormat format)
    {
        int bits = DefaultFractionBits;
        while (bits > 0 && Math.ScaleB(2 * residualRange, bits) > format.Max)
            bits--;
        return bits;
    }
}
