namespace LoopLynx.Accelerator;

/// <summary>One matrix-vector product.</summary>
/// <param name="Groups">Row groups of each channel, minus 1.</param>
/// <param name="Beats">Beats of a row (columns / slice lanes), minus 1.</param>
/// <param name="ActivationRow">First row of the input vector in the activation buffer.</param>
public sealed record MatrixCommand(Signal Groups, Signal Beats, Signal ActivationRow)
{
    /// <summary>Field types for a configuration.</summary>
    public static IReadOnlyList<HdlType> Types(NodeConfiguration c) =>
    [
        UInt(Sizes.AddressBits(Math.Max(3 * c.Embed, c.FeedForward) / c.Nodes / c.Channels / c.RowsPerGroup)),
        UInt(Sizes.AddressBits(Math.Max(c.Embed, c.FeedForward) / c.SliceLanes)),
        UInt(Sizes.AddressBits(ActivationLayout.Rows(c))),
    ];
}

/// <summary>Complete dot products of consecutive rows, with the constants that requantise them.</summary>
public sealed record RowSums(Signal Accumulator, RowConstants Constants);
