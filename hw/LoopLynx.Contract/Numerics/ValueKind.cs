namespace LoopLynx.Contract;

/// <summary>What a value of the machine is; the numeric plan gives each kind its format.</summary>
public enum ValueKind
{
    /// <summary>A weight of a product.</summary>
    Weight,

    /// <summary>An operand of a product: norm outputs, the attention's context, the activation function's outputs.</summary>
    Activation,

    /// <summary>An element of a query.</summary>
    Query,

    /// <summary>An element of a key, also in the cache.</summary>
    Key,

    /// <summary>An element of a value, also in the cache.</summary>
    Value,

    /// <summary>An unnormalised probability.</summary>
    Probability,

    /// <summary>An input of the activation function.</summary>
    PreActivation,

    /// <summary>An element of the residual stream, or what is added to it.</summary>
    Residual,

    /// <summary>A logit.</summary>
    Logit,
}
