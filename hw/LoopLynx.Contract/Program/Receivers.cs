namespace LoopLynx.Contract;

/// <summary>Names of the kernels' inputs that sections go to.</summary>
public static class Receivers
{
    /// <summary>Parameters of the norms.</summary>
    public const string Norm = "Norm";

    /// <summary>Tables of the activation function.</summary>
    public const string Unary = "Unary";

    /// <summary>Constants of the attention heads.</summary>
    public const string Heads = "Heads";

    /// <summary>The layer's scalars.</summary>
    public const string Scalars = "Scalars";

    /// <summary>Rows of weights and their constants.</summary>
    public const string Product = "Product";

    /// <summary>Rows of keys and values.</summary>
    public const string Attention = "Attention";
}
