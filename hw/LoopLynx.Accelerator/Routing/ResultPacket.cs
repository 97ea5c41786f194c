namespace LoopLynx.Accelerator;

/// <summary>Consecutive results of a stage and where they belong: element index / number of values in the stage's whole vector. <c>Own</c>: this node computed them.</summary>
public sealed record ResultPacket(Signal Index, Signal Own, Signal Values)
{
    /// <summary>Field types for a configuration.</summary>
    public static IReadOnlyList<HdlType> Types(NodeConfiguration c) => [IndexType(c), Bit, Formats.Residual.Lanes(c.PacketLanes)];

    /// <summary>Type of a packet's index: the longest vector is QKV's or the hidden one.</summary>
    public static HdlType IndexType(NodeConfiguration c) => UInt(Sizes.AddressBits(Math.Max(3 * c.Embed, c.FeedForward) / c.PacketLanes));

    /// <summary>Type of a number of packets of a node's part of a vector.</summary>
    public static HdlType CountType(NodeConfiguration c) => UInt(Sizes.BitsFor(Math.Max(3 * c.Embed, c.FeedForward) / c.Nodes / c.PacketLanes));
}
