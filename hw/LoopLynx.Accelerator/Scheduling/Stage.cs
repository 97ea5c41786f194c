namespace LoopLynx.Accelerator;

/// <summary>What the node is doing: the schedule of a token, top to bottom. The stages from <see cref="Constants"/> to <see cref="FeedForward2"/> repeat for every layer.</summary>
public enum Stage
{
    /// <summary>Waits for a token.</summary>
    Idle,

    /// <summary>The embedding becomes the residual.</summary>
    Load,

    /// <summary>The layer's constants go to the kernels.</summary>
    Constants,

    /// <summary>Norm before attention: residual to int8.</summary>
    Norm1,

    /// <summary>Queries, keys and values, head by head.</summary>
    Qkv,

    /// <summary>Attention of all heads; K and V are appended to the cache meanwhile.</summary>
    Attention,

    /// <summary>O projection, added to the residual.</summary>
    Project,

    /// <summary>Norm before the feed-forward layers.</summary>
    Norm2,

    /// <summary>First feed-forward layer and GELU.</summary>
    FeedForward1,

    /// <summary>Second feed-forward layer, added to the residual.</summary>
    FeedForward2,

    /// <summary>The last KV writes are awaited.</summary>
    Flush,

    /// <summary>The residual goes to the host.</summary>
    Emit,
}
