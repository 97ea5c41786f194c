namespace LoopLynx.Host;

/// <summary>What all layers of a model share while it is quantised.</summary>
internal sealed class QuantiserContext(
    ModelDescription description, NumericPlan plan, OperationTable operations, CalibrationRanges ranges, int fractionBits, CancellationToken cancel)
{
    public ModelDescription Description { get; } = description;

    public NumericPlan Plan { get; } = plan;

    public OperationTable Operations { get; } = operations;

    public CalibrationRanges Ranges { get; } = ranges;

    public CancellationToken Cancel { get; } = cancel;

    public BlockFlow Flow { get; } = new(description);

    public ulong Epsilon { get; } = IntegerLayerNorm.Epsilon(description.Norm.Epsilon, fractionBits, description.Embed);

    public double ResidualScale { get; } = Math.ScaleB(1, -fractionBits);

    /// <summary>Constants clipped so far.</summary>
    public int SaturatedConstants { get; set; }
}
