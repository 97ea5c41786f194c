namespace LoopLynx.Contract;

/// <summary>What a transport step moves.</summary>
public enum TransportKind
{
    /// <summary>The embedding becomes the residual.</summary>
    Load,

    /// <summary>The layer's constants go to the kernels.</summary>
    Constants,

    /// <summary>The last writes to the cache are awaited.</summary>
    Flush,

    /// <summary>The residual goes to the host.</summary>
    Emit,
}
