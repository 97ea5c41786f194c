namespace LoopLynx.Gen.Board;

/// <summary>A piece of a memory channel.</summary>
/// <param name="Name">What lies there.</param>
/// <param name="Node">Node that owns the channel.</param>
/// <param name="Channel">Channel of the node, from 0.</param>
/// <param name="Offset">First byte in the channel.</param>
/// <param name="Bytes">Length in bytes.</param>
public sealed record MemoryRegion(string Name, int Node, int Channel, long Offset, long Bytes);
