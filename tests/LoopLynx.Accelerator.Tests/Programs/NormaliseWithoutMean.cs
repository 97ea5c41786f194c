namespace LoopLynx.Accelerator.Tests.Programs;

/// <summary>An operation that the product doesn't have: a norm that divides by the root of the mean square and subtracts nothing.</summary>
internal sealed record NormaliseWithoutMean(int Slot) : Normalise(Slot)
{
    public override string Text => $"normalise without mean, slot {Slot}";
}

/// <summary>GPT-2's block with such norms in both places.</summary>
internal sealed record WithoutMeanFamily : Family
{
    public override string Name => "without-mean";

    public override IReadOnlyList<Step> Block(ModelDescription model) =>
        [.. new Gpt2Family().Block(model).Select(s => s.Operation is Normalise n ? s with { Operation = new NormaliseWithoutMean(n.Slot) } : s)];
}

/// <summary>GPT-2's block with a norm of each kind.</summary>
internal sealed record MixedNormsFamily : Family
{
    public override string Name => "mixed-norms";

    public override IReadOnlyList<Step> Block(ModelDescription model) =>
        [.. new Gpt2Family().Block(model).Select(s => s.Operation is Normalise { Slot: 1 } ? s with { Operation = new NormaliseWithoutMean(1) } : s)];
}

/// <summary>Its hardware: the statistics unit of the layer norm, with nothing to subtract.</summary>
internal sealed record WithoutMeanBinding : NormBinding
{
    public override NormStatistics Statistics(NodeConfiguration c) => new WithoutMeanStatistics(c);
}

/// <summary>W = E * S2 + epsilon.</summary>
internal sealed class WithoutMeanStatistics(NodeConfiguration configuration) : NormStatistics(configuration)
{
    protected override Signal Centre(Signal total) => Const(total.Type, 0);
}

/// <summary>Its golden function, told plainly.</summary>
internal sealed class WithoutMeanOperation : NormaliseOperation
{
    public override int[] Golden(GoldenStep step)
    {
        var norm = step.Weights.Norm(step.Step.Name);
        var squares = step.Source.Aggregate(System.Numerics.BigInteger.Zero, (sum, x) => sum + ((System.Numerics.BigInteger)x * x));
        var w = (step.Source.Length * squares) + norm.Epsilon;
        var k = ((int)w.GetBitLength() - 1) / 2;
        var mantissa = (int)((w << 16) >> (2 * k));
        var inverse = ReciprocalSquareRoot.Compute(mantissa);
        return [.. step.Source.Select((x, i) =>
        {
            var t = k > 12 ? Fixed.RoundShift((long)step.Source.Length * x, k - 12) : ((long)step.Source.Length * x) << (12 - k);
            var normal = Fixed.RoundShift(t * inverse, 16);
            return step.Clip(Fixed.RoundShift((normal * norm.Gamma[i]) + ((long)norm.Beta[i] << (6 + norm.GammaBits)), 12 + norm.GammaBits), ValueKind.Activation);
        })];
    }
}
