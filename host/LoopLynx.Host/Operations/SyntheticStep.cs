namespace LoopLynx.Host;

/// <summary>One step of a block while random constants are drawn: what an operation's synthesis works on.</summary>
public sealed class SyntheticStep
{
    /// <summary>Standard deviations, in steps of 16 bits, log2 units and residual units.</summary>
    private const double PreActivationDeviation = 8000, ExponentDeviation = 2, DeltaDeviation = 0.5;

    /// <summary>Ranges, in real units, of the formats of pre-activations and activations.</summary>
    private const double PreActivationRange = 6, ActivationRange = 4;

    /// <summary>Context steps per value step: averaging shrinks the values.</summary>
    private const double ContextGain = 2;

    /// <summary>
    /// Typical root mean square of the context and of GELU's output in steps of 8 bits; the context's falls from about 70 at position 0 to 5 at 640.
    /// </summary>
    private const double ContextDeviation = 20, ActivationDeviation = 30;

    /// <summary>Largest value of the 16 bits that <see cref="PreActivationDeviation"/> counts in.</summary>
    private const double WordMax = 32767;

    private readonly SyntheticContext _context;
    private readonly Dictionary<string, IStepParameters> _parameters;
    private readonly Dictionary<string, QuantizedMatrix> _matrices;

    internal SyntheticStep(SyntheticContext context, Step step, Dictionary<string, IStepParameters> parameters, Dictionary<string, QuantizedMatrix> matrices) =>
        (_context, Step, _parameters, _matrices) = (context, step, parameters, matrices);

    /// <summary>The step.</summary>
    public Step Step { get; }

    /// <summary>The model's shape.</summary>
    public ModelDescription Description => _context.Description;

    /// <summary>The formats.</summary>
    public NumericPlan Plan => _context.Plan;

    /// <summary>Standard deviation of what the step reads, in steps of its format.</summary>
    public double SourceDeviation => _context.Activation(_context.Flow.WriterOf(Step) switch
    {
        { Unary: not null } => ActivationDeviation,
        { Operation: Attend } => ContextDeviation,
        _ => SyntheticContext.NormDeviation,
    });

    /// <summary>Standard deviation that the step's values should have, in steps of their format, by row.</summary>
    public double OutputDeviation(int row)
    {
        var kind = Step.Result!.Buffer == Buffers.Heads ? Description.HeadRows.KindOf(row) : Step.Result.Kinds[0];
        return kind switch
        {
            ValueKind.Residual => Math.ScaleB(DeltaDeviation, SyntheticContext.FractionBits),
            ValueKind.PreActivation => PreActivationDeviation * (Plan.PreActivation.Max / WordMax),
            ValueKind.Activation => _context.Activation(SyntheticContext.NormDeviation),
            _ => HeadDeviation(kind),
        };
    }

    /// <summary>A norm with random gains and offsets.</summary>
    public QuantizedNorm Norm() => _context.Norm();

    /// <summary>A matrix of random weights, biases and multipliers.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="inputDeviation">Standard deviation of what it is multiplied with.</param>
    /// <param name="outputDeviation">Standard deviation that its results should have, by row.</param>
    /// <param name="biased">Whether it has biases.</param>
    public QuantizedMatrix Matrix(int rows, int columns, double inputDeviation, Func<int, double> outputDeviation, bool biased) =>
        _context.Matrix(rows, columns, inputDeviation, outputDeviation, biased);

    /// <summary>The table of the step's activation function.</summary>
    public GeluTable Table() => GeluTable.Create(PreActivationRange / Plan.PreActivation.Max, ActivationRange / Plan.Activation.Max, Plan);

    /// <summary>Constants of all heads.</summary>
    public AttentionParameters Heads()
    {
        var heads = Description.QueryHeads;
        var score = ExponentDeviation * PowerOfTwo.One / (Math.Sqrt(Description.HeadWidth) * HeadDeviation(ValueKind.Query) * HeadDeviation(ValueKind.Key));
        var gain = ContextGain * (Plan.Activation.Max / (double)Plan.Value.Max);
        double[] scoreJitter = _context.Random.Uniform(heads, 0.75, 1.25), contextJitter = _context.Random.Uniform(heads, 0.75, 1.25);
        return new AttentionParameters(
            [.. Enumerable.Range(0, heads).Select(h => new HeadConstants(
                Multiplier.FromReal(score * scoreJitter[h]), Multiplier.FromReal(gain * contextJitter[h] / IntegerAttention.AverageOne)))],
            [.. contextJitter.Select(jitter => Multiplier.FromReal(gain * jitter / IntegerAttention.PaperProbability.Max))]);
    }

    /// <summary>Sets the step's constants.</summary>
    public void SetParameters(IStepParameters parameters) => _parameters.Add(Step.Name, parameters);

    /// <summary>Sets a matrix.</summary>
    public void SetMatrix(string name, QuantizedMatrix matrix) => _matrices.Add(name, matrix);

    private double HeadDeviation(ValueKind kind) => SyntheticContext.HeadDeviation * SyntheticRange.Of(Plan[kind]);
}
