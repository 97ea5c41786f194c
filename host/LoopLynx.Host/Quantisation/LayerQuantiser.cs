namespace LoopLynx.Host;

/// <summary>Quantises one transformer block from its weights and the ranges of its activations, step by step.</summary>
internal sealed class LayerQuantiser(QuantiserContext context, int index, BlockWeights weights)
{
    /// <summary>Room above the calibrated range of the pre-activation, whose 16 bits can spare it.</summary>
    private const double PreActivationHeadroom = 1.25;

    private readonly Dictionary<Step, StepScale> scales = [];

    public QuantiserContext Context => context;

    public int Index => index;

    public BlockWeights Weights => weights;

    public Dictionary<string, IStepParameters> Parameters { get; } = [];

    public Dictionary<string, QuantizedMatrix> Matrices { get; } = [];

    /// <summary>The step that spreads a range over an integer format; a range of zero, which no step can hurt, gets 1.</summary>
    public static double StepSize(double range, NumericFormat format) => range > 0 ? range / format.Max : 1;

    /// <summary>What a calibrated range is multiplied with.</summary>
    public static double Headroom(ValueKind kind) => kind == ValueKind.PreActivation ? PreActivationHeadroom : 1;

    /// <summary>The block in integers.</summary>
    public QuantizedLayer Quantise()
    {
        foreach (Step step in context.Flow.Steps)
            scales[step] = context.Operations[step.Operation].Quantise(new QuantiserStep(this, step));
        return new QuantizedLayer(Parameters, Matrices);
    }

    /// <summary>What the values that a step reads count in.</summary>
    public StepScale ScaleOf(Step reader) => context.Flow.WriterOf(reader) is { } writer ? scales[writer] : new StepScale(context.ResidualScale);
}
