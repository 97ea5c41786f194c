namespace LoopLynx.Host;

/// <summary>The places in the float32 model whose ranges calibration needs.</summary>
public enum ActivationSite
{
    /// <summary>Output of the layer norm in front of attention, <c>[E]</c>.</summary>
    Norm1,

    /// <summary>Queries of all heads, <c>[H, d]</c>.</summary>
    Query,

    /// <summary>Keys of all heads, <c>[H, d]</c>.</summary>
    Key,

    /// <summary>Values of all heads, <c>[H, d]</c>.</summary>
    Value,

    /// <summary>Attention's weighted values, <c>[H, d]</c>.</summary>
    Context,

    /// <summary>Output of the layer norm in front of the feed-forward layer, <c>[E]</c>.</summary>
    Norm2,

    /// <summary>Output of the up projection, in front of GELU, <c>[FF]</c>.</summary>
    PreActivation,

    /// <summary>Output of GELU, <c>[FF]</c>.</summary>
    Activation,

    /// <summary>The residual stream: the embedding (as layer 0) and after attention and the feed-forward layer, <c>[E]</c>.</summary>
    Residual,

    /// <summary>Output of the final layer norm, <c>[E]</c>, observed as layer 0.</summary>
    FinalNorm,
}
