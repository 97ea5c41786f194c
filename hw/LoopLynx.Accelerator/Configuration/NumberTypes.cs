namespace LoopLynx.Accelerator;

/// <summary>
/// The signals that carry a plan's numbers. What lies in memory bytes keeps its byte on the way through the machine, however few bits the plan gives it:
/// values of fewer bits are clipped where they are made.
/// </summary>
/// <param name="Plan">The plan.</param>
public readonly record struct NumberTypes(NumericPlan Plan)
{
    /// <summary>A byte of a memory port.</summary>
    public HdlType MemoryByte => SInt(Plan.ByteBits);

    /// <summary>A weight.</summary>
    public HdlType Weight => Contained(ValueKind.Weight);

    /// <summary>An operand of a product.</summary>
    public HdlType Activation => Contained(ValueKind.Activation);

    /// <summary>An element of a query.</summary>
    public HdlType Query => Contained(ValueKind.Query);

    /// <summary>An element of a key.</summary>
    public HdlType Key => Contained(ValueKind.Key);

    /// <summary>An element of a value.</summary>
    public HdlType Value => Contained(ValueKind.Value);

    /// <summary>An element of a row of queries, keys and values.</summary>
    public HdlType Head => Query;

    /// <summary>An unnormalised probability.</summary>
    public HdlType Probability => UInt(Plan.Probability.Bits);

    /// <summary>A lane of a packet of results: wide enough for every step's.</summary>
    public HdlType Result => SInt(Plan.PacketBits);

    /// <summary>A residual value.</summary>
    public HdlType Residual => SInt(Plan.Residual.Bits);

    private HdlType Contained(ValueKind kind) => Plan[kind].Bits <= Plan.ByteBits ? MemoryByte : SInt(Plan[kind].Bits);
}
