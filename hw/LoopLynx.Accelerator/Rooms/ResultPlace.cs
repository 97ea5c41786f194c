namespace LoopLynx.Accelerator;

/// <summary>Where packets of results leave the router.</summary>
public enum ResultPlace
{
    /// <summary>To the buffer of queries, keys and values.</summary>
    Heads,

    /// <summary>To the activation memory.</summary>
    Vector,

    /// <summary>To the unit of the activation function, and from there to the activation memory.</summary>
    Unary,

    /// <summary>To the residual.</summary>
    Residual,
}
