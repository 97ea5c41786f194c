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
            FloatKernels.LayerNorm(step.Source.AsSpan(t * embed, embed), step.Weights.Norm(step.Step.Name), step.Description.Norm.Epsilon, step.Output.AsSpan(t * embed));
        }
    }

    /// <inheritdoc/>
    public override StepScale Quantise(QuantiserStep step)
    {
        var format = step.Plan[step.Step.Result!.Kinds[0]];
        var quantiser = new NormQuantiser(step.Weights.Norm(step.Step.Name), step.Channels(step.Step.Result.Kinds[0]), step.ReadingMatrices(), step.Epsilon, format, step.Plan.Parameter);
        step.SetParameters(quantiser.Norm);
        step.CountSaturated(quantiser.Saturated);
        return new StepScale(quantiser.OutputScale) { Smoothing = quantiser.Smoothing };
    }

    /// <inheritdoc/>
    public override void Synthesise(SyntheticStep step) => step.SetParameters(step.Norm());
}
