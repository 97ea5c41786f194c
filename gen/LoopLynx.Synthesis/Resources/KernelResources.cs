namespace LoopLynx.Synthesis.Resources;

/// <summary>What a module takes, all its instances together.</summary>
/// <param name="Name">The module.</param>
/// <param name="Count">Its instances.</param>
/// <param name="Depth">Levels below the node of its first instance.</param>
/// <param name="Total">With its children.</param>
/// <param name="Own">Without them.</param>
/// <param name="LogicLevels">Most look-up tables one behind the other on a path that ends in it.</param>
public sealed record KernelResources(string Name, int Count, int Depth, ResourceCount Total, ResourceCount Own, int LogicLevels);
