namespace LoopLynx.Synthesis.Timing;

/// <summary>How a net gets to a load.</summary>
public enum WireKind : byte
{
    /// <summary>Over the fabric: the wire model's delay.</summary>
    Fabric,

    /// <summary>Over the fabric into another kernel.</summary>
    BetweenKernels,

    /// <summary>Over the fabric from or to a port of the machine, or into another node.</summary>
    AtPort,

    /// <summary>Within the site: no delay of its own.</summary>
    Site,

    /// <summary>From a carry chain's site to the next one above.</summary>
    NextCarry,
}
