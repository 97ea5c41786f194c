namespace LoopLynx.Synthesis.Netlist;

/// <summary>What a port of a cell is connected to.</summary>
/// <param name="Port">Name of the port.</param>
/// <param name="Bits">The nets, lowest bit first.</param>
public readonly record struct Connection(string Port, int[] Bits);
