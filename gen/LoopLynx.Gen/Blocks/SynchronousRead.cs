using LoopLynx.Gen.Expressions;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Blocks;

/// <summary>The nets of a synchronous read port.</summary>
/// <param name="Node">The port.</param>
/// <param name="Row">The register that takes the row.</param>
/// <param name="InRange">Whether the address was within the memory; null where it always is.</param>
internal sealed record SynchronousRead(MemoryReadNode Node, Net Row, Net? InRange);
