namespace LoopLynx.Contract;

/// <summary>The function between the two feed-forward products.</summary>
public enum ActivationKind
{
    /// <summary>GELU in its tanh form.</summary>
    Gelu,

    /// <summary>x * sigmoid(x).</summary>
    Silu,
}
