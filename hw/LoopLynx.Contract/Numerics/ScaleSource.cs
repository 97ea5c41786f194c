namespace LoopLynx.Contract;

/// <summary>Where the scale of a number format comes from.</summary>
public enum ScaleSource
{
    /// <summary>A constant, found when the model was quantised.</summary>
    Constant,

    /// <summary>A power of two, found while the vector is produced.</summary>
    BlockExponent,
}
