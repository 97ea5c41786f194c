namespace LoopLynx.Contract;

/// <summary>What has to be known to find a section in memory.</summary>
public enum SectionLookup
{
    /// <summary>Nothing: it is the next part of the weight stream.</summary>
    Stream,

    /// <summary>The position, in a table.</summary>
    Position,

    /// <summary>The token's id, in a table.</summary>
    Token,

    /// <summary>The layer, the head and the positions so far, in the cache.</summary>
    Cache,
}
