namespace LoopLynx.Host;

/// <summary>Quantises one transformer block from its weights and the ranges of its activations.</summary>
internal sealed class LayerQuantiser(Gpt2Config config, CalibrationRanges ranges, int fractionBits, CancellationToken cancel)
{
    /// <summary>Room above the calibrated range of the pre-activation, whose 16 bits can spare it.</summary>
    private const double PreActivationHeadroom = 1.25;

    private readonly ModelShape shape = config.Shape;
    private readonly ulong epsilon = IntegerLayerNorm.Epsilon(config.LayerNormEpsilon, fractionBits, config.Shape.Embed);
    private readonly double residualScale = Math.ScaleB(1, -fractionBits);

    /// <summary>Norm constants clipped so far.</summary>
    public int SaturatedConstants { get; private set; }

    /// <summary>The block in integers.</summary>
    public QuantizedLayer Quantise(int layer, Gpt2Layer weights)
    {
        NormQuantiser norm1 = Norm(weights.Norm1, ActivationSite.Norm1, layer, weights.Qkv.Weight);
        NormQuantiser norm2 = Norm(weights.Norm2, ActivationSite.Norm2, layer, weights.FeedForward1.Weight);
        double[] query = HeadScales(ActivationSite.Query, layer), key = HeadScales(ActivationSite.Key, layer), value = HeadScales(ActivationSite.Value, layer);
        double context = Step(ranges.Tensor(ActivationSite.Context, layer), 127);
        double preActivation = Step(PreActivationHeadroom * ranges.Tensor(ActivationSite.PreActivation, layer), short.MaxValue);
        double activation = Step(ranges.Tensor(ActivationSite.Activation, layer), 127);
        int d = shape.HeadDim;
        double[][] qkvScales = [query, key, value];
        return new QuantizedLayer(
            norm1.Norm,
            norm2.Norm,
            GeluTable.Create(preActivation, activation),
            [.. Enumerable.Range(0, shape.Heads).Select(h => new HeadConstants(
                Score(layer, h, query[h] * key[h] / Math.Sqrt(d) / Math.Log(2) * 1024, weights.Qkv.Weight),
                Multiplier.FromReal(value[h] / context / 4096)))],
            MatrixQuantiser.Quantise(weights.Qkv.Weight, weights.Qkv.Bias, norm1.Smoothing, norm1.OutputScale, HeadOrder(), r => qkvScales[r / d % 3][r / (3 * d)], cancel),
            MatrixQuantiser.Quantise(weights.Output.Weight, weights.Output.Bias, null, context, null, _ => residualScale, cancel),
            MatrixQuantiser.Quantise(weights.FeedForward1.Weight, weights.FeedForward1.Bias, norm2.Smoothing, norm2.OutputScale, null, _ => preActivation, cancel),
            MatrixQuantiser.Quantise(weights.FeedForward2.Weight, weights.FeedForward2.Bias, null, activation, null, _ => residualScale, cancel),
            [.. value.Select(scale => Multiplier.FromReal(scale / context / 127))]);
    }

    /// <summary>A norm with the matrix that reads it.</summary>
    public NormQuantiser Norm(NormWeights norm, ActivationSite site, int layer, FloatMatrix next)
    {
        var quantiser = new NormQuantiser(norm, ranges.Channels(site, layer), next, epsilon);
        SaturatedConstants += quantiser.Saturated;
        return quantiser;
    }

    /// <summary>The factor from products of queries and keys to exponents.</summary>
    private static Multiplier Score(int layer, int head, double factor, FloatMatrix qkv) => Multiplier.Holds(factor)
        ? Multiplier.FromReal(factor)
        : throw new HostException($"the attention scores of layer {layer}, head {head} are too large for the machine (a rescaling factor of {factor:G4}); tensor \"{qkv.Name}\" or the norm in front of it is out of range");

    /// <summary>The checkpoint's row for each row of the stream, which goes head by head: d queries, d keys, d values.</summary>
    private int[] HeadOrder()
    {
        int d = shape.HeadDim;
        return [.. Enumerable.Range(0, 3 * shape.Embed).Select(r => r / d % 3 * shape.Embed + r / (3 * d) * d + r % d)];
    }

    private double[] HeadScales(ActivationSite site, int layer) =>
        [.. Enumerable.Range(0, shape.Heads).Select(h => Step(ranges.Head(site, layer, h, shape.HeadDim), 127))];

    /// <summary>The step that spreads a range over an integer format; a range of zero, which no step can hurt, gets 1.</summary>
    private static double Step(double range, int steps) => range > 0 ? range / steps : 1;
}
