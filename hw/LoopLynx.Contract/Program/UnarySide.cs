namespace LoopLynx.Contract;

/// <summary>Where a function of single values stands.</summary>
public enum UnarySide
{
    /// <summary>Behind the exchange: every node computes all values.</summary>
    AfterExchange,

    /// <summary>Before the exchange: each node computes its own values.</summary>
    BeforeExchange,
}
