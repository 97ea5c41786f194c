namespace LoopLynx.Contract;

/// <summary>The values that share a scale.</summary>
public enum ScaleScope
{
    /// <summary>A whole vector.</summary>
    Vector,

    /// <summary>The values of one head.</summary>
    Head,

    /// <summary>The values of one output row.</summary>
    Row,
}
