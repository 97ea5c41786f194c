namespace LoopLynx.Host;

/// <summary>
/// A place in the float32 model whose range calibration needs: the values of a step, by kind. A step with an activation function has two
/// kinds, before and behind it; of a step that adds to the residual, the sum is seen.
/// </summary>
/// <param name="Step">Name of the step.</param>
/// <param name="Kind">What the values are.</param>
public readonly record struct ActivationSite(string Step, ValueKind Kind)
{
    /// <summary>The embedding, <c>[E]</c>, observed as layer 0.</summary>
    public static ActivationSite Embedding { get; } = new("Embedding", ValueKind.Residual);

    /// <summary>Output of the norm in front of the LM head, <c>[E]</c>, observed as layer 0.</summary>
    public static ActivationSite FinalNorm { get; } = new("FinalNorm", ValueKind.Activation);
}
