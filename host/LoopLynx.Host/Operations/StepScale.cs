namespace LoopLynx.Host;

/// <summary>What the integers of a step's values count in.</summary>
/// <param name="Value">The real value of one step of the format.</param>
public sealed record StepScale(double Value)
{
    /// <summary>Factors that readers take into their columns, since the values were divided by them; null: none.</summary>
    public double[]? Smoothing { get; init; }

    /// <summary>For queries, keys and values: the real value of a step, by vector in the order of <see cref="HeadRows"/>.</summary>
    public double[]? Parts { get; init; }
}
