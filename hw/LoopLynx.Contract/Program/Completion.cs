namespace LoopLynx.Contract;

/// <summary>What has to have happened before a step is over.</summary>
public enum Completion
{
    /// <summary>The residual has been loaded or added to, the last packet included.</summary>
    ResidualUpdated,

    /// <summary>The kernels have their constants.</summary>
    ConstantsDelivered,

    /// <summary>All packets of the result are in their buffer.</summary>
    PacketsLanded,

    /// <summary>All packets of the result are in their buffer, and the kernel itself is idle again.</summary>
    PacketsLandedAndIdle,

    /// <summary>All writes to memory have been answered.</summary>
    WritesAnswered,

    /// <summary>The host has taken the last packet.</summary>
    Emitted,
}
