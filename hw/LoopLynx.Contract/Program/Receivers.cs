namespace LoopLynx.Contract;

/// <summary>Names of the kernels' inputs that sections go to.</summary>
public static class Receivers
{
    /// <summary>Parameters of the norms.</summary>
    public const string Norm = "norm";

    /// <summary>Tables of the activation function.</summary>
    public const string Unary = "unary";

    /// <summary>Constants of the attention heads.</summary>
    public const string Heads = "heads";

    /// <summary>The layer's scalars.</summary>
    public const string Scalars = "scalars";

    /// <summary>Rows of weights and their constants.</summary>
    public const string Product = "product";

    /// <summary>Rows of keys and values.</summary>
    public const string Attention = "attention";
}
