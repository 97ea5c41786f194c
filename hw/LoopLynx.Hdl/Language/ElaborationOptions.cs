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

    /// <summary>
    /// Most register bits that one reset net may drive. A design with more gets a level of reset registers in its larger modules, so that a reset takes effect
    /// one edge later everywhere (<see cref="Netlist.Definition.ResetStages"/> of the top). Null, the default: a reset is one net. Designs with
    /// several clocks, or a reset that is asynchronous or active at 0, keep it.
    /// </summary>
    public int? MostResetLoads { get; init; }
}
