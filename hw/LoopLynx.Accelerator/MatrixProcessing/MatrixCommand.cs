namespace LoopLynx.Accelerator;

/// <summary>One matrix-vector product.</summary>
/// <param name="Groups">Row groups of each channel, minus 1.</param>
/// <param name="Beats">Beats of a row (columns / slice lanes), minus 1.</param>
/// <param name="ActivationRow">First row of the input vector in the activation buffer.</param>
public sealed record MatrixCommand(Signal Groups, Signal Beats, Signal ActivationRow)
{
    /// <summary>Field types for a configuration.</summary>
    public static IReadOnlyList<HdlType> Types(NodeConfiguration c)
    {
        var layouts = c.Program.Products.Select(p => c.Map.ProductOf(p.Product.Matrix)).ToList();
        return
        [
            UInt(Sizes.AddressBits(layouts.Max(l => l.Groups(c.Channels)))),
            UInt(Sizes.AddressBits(layouts.Max(l => l.WeightBeats))),
            UInt(Sizes.AddressBits(ActivationBuffer.Rows(c))),
        ];
    }
}

/// <summary>Complete dot products of consecutive rows, with the constants that requantise them.</summary>
public sealed record RowSums(Signal Accumulator, RowConstants Constants);
