namespace LoopLynx.Cli.Commands;

/// <summary>A memory channel in the self-test.</summary>
/// <param name="Node">The node's number.</param>
/// <param name="Channel">The channel's.</param>
/// <param name="Beats">Beats that it has delivered.</param>
/// <param name="Errors">Wrong ones among them.</param>
/// <param name="GBps">GB/s over the whole start, the way to the first beat with it.</param>
public sealed record SelfTestChannel(int Node, int Channel, long Beats, long Errors, double GBps);
