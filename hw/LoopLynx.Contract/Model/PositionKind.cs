namespace LoopLynx.Contract;

/// <summary>How a model knows a token's position.</summary>
public enum PositionKind
{
    /// <summary>A learned vector for each position is added to the embedding.</summary>
    Learned,

    /// <summary>Queries and keys are rotated by an angle that grows with the position.</summary>
    Rotary,
}
