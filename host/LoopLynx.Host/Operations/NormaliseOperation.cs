namespace LoopLynx.Host;

/// <summary>A norm with mean, gain and offset.</summary>
public class NormaliseOperation : HostOperation
{
    /// <inheritdoc/>
    public override int SyntheticOrder => 1;

    /// <inheritdoc/>
    public override int[] Golden(GoldenStep step)
    {
        var y = new int[step.Source.Length];
        step.Count(IntegerLayerNorm.Apply(step.Source, step.Weights.Norm(step.Step.Name), y, step.Format), step.Step.Result!.Kinds[0]);
        return y;
    }

    /// <inheritdoc/>
    public override void Float(FloatStep step)
    {
        var embed = step.Description.Embed;
        for (var t = 0; t < step.Tokens; t++)
        {
            var (x, y) = (step.Source.AsMemory(t * embed, embed), step.Output.AsMemory(t * embed));
            FloatKernels.LayerNorm(x.Span, step.Weights.Norm(step.Step.Name), step.Description.Norm.Epsilon, y.Span);
        }
    }

    /// <inheritdoc/>
    public override StepScale Quantise(QuantiserStep step)
    {
        var (norm, kind) = (step.Weights.Norm(step.Step.Name), step.Step.Result!.Kinds[0]);
        var quantiser = new NormQuantiser(norm, step.Channels(kind), step.ReadingMatrices(), step.Epsilon, step.Plan[kind], step.Plan.Parameter);
        step.SetParameters(quantiser.Norm);
        step.CountSaturated(quantiser.Saturated);
        return new StepScale(quantiser.OutputScale) { Smoothing = quantiser.Smoothing };
    }

    /// <inheritdoc/>
    public override void Synthesise(SyntheticStep step) => step.SetParameters(step.Norm());
}
