namespace LoopLynx.Hdl;

/// <summary>Checks that a design may ask for beyond those that every design passes.</summary>
public sealed record ElaborationOptions
{
    /// <summary>What <see cref="Elaborator.Elaborate(Module)"/> checks.</summary>
    public static ElaborationOptions Default { get; } = new();

    /// <summary>
    /// Levels below the top of the instances through which no path may lead without a register: 1 for the top's children. Such instances can lie anywhere on a die,
    /// since each path within the design then ends in the instance where it begins, or in one next to it. Null, the default, lets paths lead anywhere. HDL0213.
    /// </summary>
    public int? RegisteredDepth { get; init; }
}
