namespace LoopLynx.Hdl.Netlist;

/// <summary>The reset of a part of a flat definition.</summary>
/// <param name="Domain">Domain of the part's registers, which has the clock of the design's.</param>
/// <param name="Register">While it is 1 the part is reset.</param>
/// <param name="Stages">Registers between it and those of the part, as <see cref="Definition.ResetStages"/>.</param>
public sealed record PartReset(ClockDomain Domain, RegisterNode Register, int Stages);
