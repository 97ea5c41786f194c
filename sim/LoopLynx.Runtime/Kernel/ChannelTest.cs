namespace LoopLynx.Runtime;

/// <summary>What the self-test says of a memory channel.</summary>
/// <param name="Node">The node's number.</param>
/// <param name="Channel">The channel's.</param>
/// <param name="Beats">Beats that it has delivered.</param>
/// <param name="Errors">Beats with a wrong word.</param>
/// <param name="BytesPerCycle">Bytes of a cycle of the start; times the clock in GHz: GB/s.</param>
public sealed record ChannelTest(int Node, int Channel, long Beats, long Errors, double BytesPerCycle);
