namespace LoopLynx.Host;

/// <summary>A linear layer y = W x + b.</summary>
/// <param name="Weight">W, <c>[outputs, inputs]</c> (Hugging Face's Conv1D holds the transpose).</param>
/// <param name="Bias">b, <c>[outputs]</c>.</param>
public sealed record LinearWeights(FloatMatrix Weight, float[] Bias)
{
    /// <summary>The layer with its outputs in another order: output r is this layer's output <paramref name="order"/>[r].</summary>
    internal LinearWeights Reorder(int[] order)
    {
        var rows = new float[Weight.Data.Length];
        for (int r = 0; r < order.Length; r++)
            Weight.Row(order[r]).CopyTo(rows.AsSpan(r * Weight.Columns));
        return new LinearWeights(Weight.Reordered(rows, order), [.. order.Select(row => Bias[row])]);
    }

    /// <summary>The bias as one row, with its name.</summary>
    internal FloatMatrix BiasRow =>
        new(1, Bias.Length, Bias) { Name = Weight.Name.Replace(".weight", ".bias", StringComparison.Ordinal), IsVector = true, FileOrder = Weight.FileOrder };
}
