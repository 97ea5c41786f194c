namespace LoopLynx.Synthesis.Netlist;

/// <summary>A port of a mapped module.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Side">Its direction.</param>
/// <param name="Bits">Its nets, lowest bit first; see <see cref="MappedModule"/> for their numbers.</param>
public sealed record MappedPort(string Name, PortSide Side, int[] Bits);
