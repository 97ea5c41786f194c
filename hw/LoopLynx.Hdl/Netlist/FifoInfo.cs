namespace LoopLynx.Hdl.Netlist;

/// <summary>A FIFO that stands in a definition.</summary>
/// <param name="Name">Empty where the definition is the FIFO; in a flat definition the instances' names.</param>
/// <param name="Depth">Beats that it holds.</param>
/// <param name="Count">Beats in it.</param>
public sealed record FifoInfo(string Name, int Depth, RegisterNode Count);
