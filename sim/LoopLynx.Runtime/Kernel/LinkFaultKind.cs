namespace LoopLynx.Runtime;

/// <summary>What can go wrong on a link between two kernels.</summary>
public enum LinkFaultKind
{
    /// <summary>A flit doesn't arrive.</summary>
    Drop,

    /// <summary>A flit arrives twice.</summary>
    Double,

    /// <summary>A bit of a flit arrives inverted.</summary>
    Alter,

    /// <summary>A flit arrives after those that were sent behind it.</summary>
    Late,

    /// <summary>From a flit on none arrives.</summary>
    Silent,
}
