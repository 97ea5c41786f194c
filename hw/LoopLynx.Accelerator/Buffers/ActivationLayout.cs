namespace LoopLynx.Accelerator;

/// <summary>
/// Rows of the shared activation buffer, <c>SliceLanes</c> int8 values each: first the vector of width E that feeds QKV, O and FC1
/// (normalised activations, then the attention's context, then normalised again), behind it the GELU outputs that feed FC2.
/// </summary>
public static class ActivationLayout
{
    /// <summary>First row of the E-wide vector.</summary>
    public const int Vector = 0;

    /// <summary>First row of the GELU outputs.</summary>
    public static int Hidden(NodeConfiguration c) => c.Embed / c.SliceLanes;

    /// <summary>Rows in all.</summary>
    public static int Rows(NodeConfiguration c) => (c.Embed + c.FeedForward) / c.SliceLanes;
}
