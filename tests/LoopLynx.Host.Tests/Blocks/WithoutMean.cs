namespace LoopLynx.Host.Tests;

/// <summary>The golden function of <see cref="NormaliseWithoutMean"/>: y = x / root of the mean square, with the steps of the norm that takes the mean away.</summary>
internal sealed class WithoutMean : NormaliseOperation
{
    public override int[] Golden(GoldenStep step)
    {
        var norm = step.Weights.Norm(step.Step.Name);
        UInt128 squares = 0;
        foreach (var value in step.Source)
        {
            squares += (ulong)((long)value * value);
        }

        var w = ((UInt128)step.Source.Length * squares) + norm.Epsilon;
        var k = (int)UInt128.Log2(w) >> 1;
        var root = ReciprocalSquareRoot.Compute((int)(2 * k >= 16 ? w >> ((2 * k) - 16) : w << (16 - (2 * k))));
        var statistics = new IntegerLayerNorm.Statistics(Sum: 0, k, root);
        return step.Clip([.. step.Source.Select((x, i) =>
            IntegerLayerNorm.Affine(IntegerLayerNorm.Normalise(x, step.Source.Length, statistics), norm.Gamma[i], norm.Beta[i], norm.GammaBits))]);
    }
}
