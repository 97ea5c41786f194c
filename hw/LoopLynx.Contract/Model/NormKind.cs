namespace LoopLynx.Contract;

/// <summary>How a norm measures a vector.</summary>
public enum NormKind
{
    /// <summary>Mean and standard deviation.</summary>
    Layer,

    /// <summary>Root mean square, without a mean.</summary>
    RootMeanSquare,
}
