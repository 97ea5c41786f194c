namespace LoopLynx.Contract;

/// <summary>Names of the places between steps. Every other name is a vector in the activation memory, as long as what is written to it.</summary>
public static class Buffers
{
    /// <summary>What the host hands over and takes back.</summary>
    public const string Host = "host";

    /// <summary>The memory channels.</summary>
    public const string Memory = "memory";

    /// <summary>The residual stream, E values: written by loading and by adding.</summary>
    public const string Residual = "residual";

    /// <summary>Queries, keys and values of the current token.</summary>
    public const string Heads = "heads";

    /// <summary>GPT-2: norm outputs and the attention's context.</summary>
    public const string Vector = "vector";

    /// <summary>GPT-2: outputs of the activation function.</summary>
    public const string Hidden = "hidden";

    /// <summary>Whether a place is a vector in the activation memory.</summary>
    public static bool IsActivation(string name) => name is not (Host or Memory or Residual or Heads);
}
