namespace LoopLynx.Synthesis.Timing;

/// <summary>A pin that a register takes at the clock edge, or an output of the machine. Pins of one port with one net are one endpoint.</summary>
/// <param name="Net">The net there.</param>
/// <param name="Cell">The cell; -1 for an output of the machine.</param>
/// <param name="Pin">Pin of the cell, or number of the output.</param>
/// <param name="SetupNs">How long before the edge it must be stable.</param>
/// <param name="Wire">How the net gets there.</param>
/// <param name="State">Whether the analysis times it.</param>
public readonly record struct Endpoint(int Net, int Cell, int Pin, double SetupNs, WireKind Wire, EndpointState State);
