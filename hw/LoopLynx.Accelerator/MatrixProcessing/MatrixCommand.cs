namespace LoopLynx.Accelerator;

/// <summary>One matrix-vector product.</summary>
/// <param name="Groups">Row groups of each channel, minus 1.</param>
/// <param name="Beats">Beats of a row (columns / slice lanes), minus 1.</param>
/// <param name="ActivationRow">First row of the input vector in the activation buffer.</param>
public sealed record MatrixCommand(Signal Groups, Signal Beats, Signal ActivationRow)
{
    /// <summary>Types of the fields.</summary>
    public static MatrixCommand Shape(NodeConfiguration c)
    {
        var layouts = c.Program.Products.Select(p => c.Map.ProductOf(p.Product.Matrix)).ToList();
        return new MatrixCommand(
            Groups: UInt(Sizes.AddressBits(layouts.Max(l => l.Groups(c.Channels)))),
            Beats: UInt(Sizes.AddressBits(layouts.Max(l => l.WeightBeats))),
            ActivationRow: UInt(Sizes.AddressBits(ActivationBuffer.Rows(c))));
    }
}

/// <summary>Complete dot products of consecutive rows, with the constants that requantise them.</summary>
public sealed record RowSums(Signal Accumulator, RowConstants Constants)
{
    /// <summary>Types of the fields for <paramref name="lanes"/> rows.</summary>
    public static RowSums Shape(int lanes, NumericPlan plan, int accumulatorBits) => new(
        Accumulator: SInt(accumulatorBits).Lanes(lanes), Constants: RowConstants.Shape(lanes, plan));
}
