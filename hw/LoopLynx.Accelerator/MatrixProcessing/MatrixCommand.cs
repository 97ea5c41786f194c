namespace LoopLynx.Accelerator;

/// <summary>One matrix-vector product.</summary>
/// <param name="Groups">Row groups of each channel, minus 1.</param>
/// <param name="Beats">Beats of a row (columns / slice lanes), minus 1.</param>
/// <param name="ActivationRow">First row of the input vector in the activation buffer.</param>
public sealed record MatrixCommand(Signal Groups, Signal Beats, Signal ActivationRow)
{
    /// <summary>Types of the fields.</summary>
    public static MatrixCommand Shape(NodeConfiguration c) => new(
        Groups: UInt(Sizes.AddressBits(Math.Max(3 * c.Embed, c.FeedForward) / c.Nodes / c.Channels / c.RowsPerGroup)),
        Beats: UInt(Sizes.AddressBits(Math.Max(c.Embed, c.FeedForward) / c.SliceLanes)),
        ActivationRow: UInt(Sizes.AddressBits(ActivationLayout.Rows(c))));

    /// <summary>Types of the fields in order.</summary>
    public static IReadOnlyList<HdlType> Types(NodeConfiguration c) => Payloads.TypesOf(Shape(c));
}

/// <summary>Complete dot products of consecutive rows, with the constants that requantise them.</summary>
public sealed record RowSums(Signal Accumulator, RowConstants Constants)
{
    /// <summary>Types of the fields for <paramref name="lanes"/> rows.</summary>
    public static RowSums Shape(int lanes) => new(Accumulator: SInt(Formats.AccumulatorBits).Lanes(lanes), Constants: RowConstants.Shape(lanes));
}
