namespace LoopLynx.Host;

/// <summary>A linear layer y = W x + b.</summary>
/// <param name="Weight">W, <c>[outputs, inputs]</c> (Hugging Face's Conv1D holds the transpose).</param>
/// <param name="Bias">b, <c>[outputs]</c>.</param>
public sealed record LinearWeights(FloatMatrix Weight, float[] Bias);
