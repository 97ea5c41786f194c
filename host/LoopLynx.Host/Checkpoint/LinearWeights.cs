namespace LoopLynx.Host;

/// <summary>A linear layer y = W x + b.</summary>
/// <param name="Weight">W, <c>[outputs, inputs]</c> (Hugging Face's Conv1D holds the transpose).</param>
/// <param name="Bias">b, <c>[outputs]</c>.</param>
public sealed record LinearWeights(FloatMatrix Weight, float[] Bias)
{
    /// <summary>The bias as one row, with its name.</summary>
    internal FloatMatrix BiasRow => new(1, Bias.Length, Bias) { Name = Weight.Name.Replace(".weight", ".bias", StringComparison.Ordinal), IsVector = true };
}
