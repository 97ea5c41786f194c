namespace LoopLynx.Host;

/// <summary>What all layers of a random model share.</summary>
internal sealed class SyntheticContext(ModelDescription description, NumericPlan plan, OperationTable operations, SyntheticWeights random)
{
    public const int FractionBits = 10;

    /// <summary>Standard deviations, in steps of 8 bits: norm outputs, and queries, keys and values.</summary>
    public const double NormDeviation = 32, HeadDeviation = 36;

    private const int NormGammaBits = 9, LogitDeviation = 4;

    /// <summary>Largest offset of a norm, in Q6 of a step of 8 bits.</summary>
    private const double LargestBeta = 256;

    public ModelDescription Description => description;

    public NumericPlan Plan => plan;

    public OperationTable Operations => operations;

    public SyntheticWeights Random => random;

    public BlockFlow Flow { get; } = new(description);

    /// <summary>A standard deviation of operands of products, in steps of their format.</summary>
    public double Activation(double deviation) => deviation * SyntheticRange.Of(plan.Activation);

    /// <summary>The next layer. Its streams of random numbers are drawn by kind of operation, then in the order of the steps.</summary>
    public QuantizedLayer Layer()
    {
        var (parameters, matrices) = (new Dictionary<string, IStepParameters>(), new Dictionary<string, QuantizedMatrix>());
        foreach (var step in Flow.Steps.OrderBy(s => operations[s.Operation].SyntheticOrder))
        {
            operations[step.Operation].Synthesise(new SyntheticStep(this, step, parameters, matrices));
        }

        return new QuantizedLayer(parameters, matrices);
    }

    public QuantizedMatrix LmHead()
    {
        var deviation = LogitDeviation * Math.ScaleB(1, GoldenModel.LogitBits);
        return Matrix(description.Vocabulary.Padded, description.Embed, Activation(NormDeviation), _ => deviation, biased: false);
    }

    public QuantizedNorm Norm()
    {
        var (gain, beta) = (Activation(NormDeviation), Activation(LargestBeta));
        return new QuantizedNorm(
            [.. random.Uniform(description.Embed, 0.75, 1.25).Select(jitter => (short)(jitter * gain * (1 << NormGammaBits)))],
            [.. random.Uniform(description.Embed, -beta, beta).Select(offset => (short)offset)],
            NormGammaBits,
            IntegerLayerNorm.Epsilon(description.Norm.Epsilon, FractionBits, description.Embed));
    }

    public QuantizedMatrix Matrix(int rows, int columns, double inputDeviation, Func<int, double> outputDeviation, bool biased)
    {
        var accumulator = Math.Sqrt(columns) * SyntheticWeights.Deviation(plan.Weight) * inputDeviation;
        return new QuantizedMatrix(rows, columns, random.Weights(rows * columns, plan.Weight),
            biased ? [.. random.Uniform(rows, -accumulator / 4, accumulator / 4).Select(bias => (int)bias)] : new int[rows],
            [.. random.Uniform(rows, 0.75, 1.25).Select((jitter, r) => Multiplier.FromReal(jitter * outputDeviation(r) / accumulator))]);
    }
}
