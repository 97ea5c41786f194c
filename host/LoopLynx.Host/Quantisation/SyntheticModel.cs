namespace LoopLynx.Host;

/// <summary>
/// Models of any shape without a checkpoint, for simulation and tests: uniform random int8 weights, and constants chosen so that every
/// activation uses a good part of its range and few values saturate. The same shape and seed give the same model on every machine.
/// </summary>
public static class SyntheticModel
{
    private const int FractionBits = 10, NormGammaBits = 9, LogitDeviation = 4;

    /// <summary>Standard deviations, in steps of the format: norm outputs, q/k/v, the pre-activation; exponents in log2 units; deltas in residual units.</summary>
    private const double NormDeviation = 32, QkvDeviation = 36, PreActivationDeviation = 8000, ExponentDeviation = 2, DeltaDeviation = 0.5;

    /// <summary>Ranges, in real units, of the pre-activation's 16 bits and GELU's 8.</summary>
    private const double PreActivationRange = 6, ActivationRange = 4;

    /// <summary>Context steps per value step: averaging shrinks the values.</summary>
    private const double ContextGain = 2;

    /// <summary>Typical root mean square of the context and of GELU's output in int8 steps; the context's falls from about 70 at position 0 to 5 at 640.</summary>
    private const double ContextDeviation = 20, ActivationDeviation = 30;

    /// <summary>Creates a model.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="cancel">Ends the making.</param>
    public static QuantizedModel Create(ModelShape shape, ulong seed = 1, CancellationToken cancel = default)
    {
        var random = new SyntheticWeights(seed, cancel);
        return new QuantizedModel
        {
            Shape = shape,
            FractionBits = FractionBits,
            Layers = [.. Enumerable.Range(0, shape.Layers).Select(_ => Layer(shape, random))],
            FinalNorm = Norm(shape, random),
            LmHead = Matrix(random, shape.Vocab, shape.Embed, NormDeviation, LogitDeviation * Math.ScaleB(1, GoldenModel.LogitBits), biased: false),
            Embedding = new SyntheticEmbedding(shape, seed, FractionBits),
        };
    }

    private static QuantizedLayer Layer(ModelShape shape, SyntheticWeights random)
    {
        int embed = shape.Embed;
        double delta = Math.ScaleB(DeltaDeviation, FractionBits);
        double score = ExponentDeviation * 1024 / (Math.Sqrt(shape.HeadDim) * QkvDeviation * QkvDeviation);
        double[] scoreJitter = random.Uniform(shape.Heads, 0.75, 1.25), contextJitter = random.Uniform(shape.Heads, 0.75, 1.25);
        return new QuantizedLayer(
            Norm(shape, random),
            Norm(shape, random),
            GeluTable.Create(PreActivationRange / short.MaxValue, ActivationRange / 127),
            [.. Enumerable.Range(0, shape.Heads).Select(h => new HeadConstants(
                Multiplier.FromReal(score * scoreJitter[h]), Multiplier.FromReal(ContextGain * contextJitter[h] / 4096)))],
            Matrix(random, 3 * embed, embed, NormDeviation, QkvDeviation, biased: true),
            Matrix(random, embed, embed, ContextDeviation, delta, biased: true),
            Matrix(random, shape.FeedForward, embed, NormDeviation, PreActivationDeviation, biased: true),
            Matrix(random, embed, shape.FeedForward, ActivationDeviation, delta, biased: true),
            [.. contextJitter.Select(jitter => Multiplier.FromReal(ContextGain * jitter / 127))]);
    }

    private static QuantizedNorm Norm(ModelShape shape, SyntheticWeights random) => new(
        [.. random.Uniform(shape.Embed, 0.75, 1.25).Select(jitter => (short)(jitter * NormDeviation * (1 << NormGammaBits)))],
        [.. random.Uniform(shape.Embed, -256, 256).Select(beta => (short)beta)],
        NormGammaBits,
        IntegerLayerNorm.Epsilon(1e-5, FractionBits, shape.Embed));

    private static QuantizedMatrix Matrix(SyntheticWeights random, int rows, int columns, double inputDeviation, double outputDeviation, bool biased)
    {
        double accumulator = Math.Sqrt(columns) * SyntheticWeights.Deviation * inputDeviation;
        return new QuantizedMatrix(rows, columns, random.Int8(rows * columns),
            biased ? [.. random.Uniform(rows, -accumulator / 4, accumulator / 4).Select(bias => (int)bias)] : new int[rows],
            [.. random.Uniform(rows, 0.75, 1.25).Select(jitter => Multiplier.FromReal(jitter * outputDeviation / accumulator))]);
    }
}
