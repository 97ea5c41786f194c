namespace LoopLynx.Accelerator;

/// <summary>
/// Consecutive results of a stage and where they belong: element index / number of values in the stage's whole vector. <c>Own</c>: this node computed them.
/// </summary>
public sealed record ResultPacket(Signal Index, Signal Own, Signal Values)
{
    /// <summary>Field types for a configuration.</summary>
    public static IReadOnlyList<HdlType> Types(NodeConfiguration c) => [IndexType(c), Bit, c.Types.Result.Lanes(c.PacketLanes)];

    /// <summary>Type of a packet's index in the longest result.</summary>
    public static HdlType IndexType(NodeConfiguration c) => UInt(Sizes.AddressBits(c.LongestResult / c.PacketLanes));

    /// <summary>Type of a number of packets of a node's part of a vector.</summary>
    public static HdlType CountType(NodeConfiguration c) => UInt(Sizes.BitsFor(c.LongestResult / c.Nodes / c.PacketLanes));
}
