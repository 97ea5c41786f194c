using System.Globalization;

namespace LoopLynx.Host;

/// <summary>
/// Finds the weights that no integer format serves: one that is so large that its scale rounds the others away, or that the arithmetic overflows.
/// </summary>
internal static class ScaleCheck
{
    /// <summary>Elements that a typical magnitude is taken from, at most.</summary>
    private const int Sample = 1 << 14;

    /// <summary>Steps of the residual stream that a typical embedding must have for its value to be told from others.</summary>
    private const double FewSteps = 4;

    /// <summary>Refuses a model whose float32 activations overflow: no scale can be taken from them.</summary>
    /// <exception cref="HostException">A layer's do; the message names its largest weight.</exception>
    public static void CheckFinite(Checkpoint checkpoint, CalibrationRanges ranges)
    {
        for (int layer = 0; layer < checkpoint.Layers.Count; layer++)
            foreach (float[] range in ranges.OfLayer(layer))
                if (!float.IsFinite(CalibrationRanges.Max(range)) || HasNaN(range))
                    throw new HostException(
                        $"the activations of layer {layer} overflow float32; the largest weight up to there is {Largest(Tensors(checkpoint, layer))}: the "
                            + "checkpoint's weights are out of range");
    }

    /// <summary>What the user should know of the model's scales, a line each.</summary>
    public static IEnumerable<string> Warnings(Checkpoint checkpoint, QuantizedModel quantized)
    {
        double step = Math.ScaleB(1, -quantized.FractionBits), typical = Typical(checkpoint.TokenEmbedding.Data);
        if (typical < FewSteps * step)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{Largest(ResidualTensors(checkpoint))} sets the scale of the residual stream: its step is {step:G3}, while half of the token embedding's "
                    + $"elements are below {typical:G3}: they are rounded away");
        if (quantized.SaturatedConstants > 0)
            yield return $"{quantized.SaturatedConstants} constants of the layer norms don't fit their 16 bits and were clipped";
    }

    private static bool HasNaN(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
            if (float.IsNaN(value))
                return true;
        return false;
    }

    /// <summary>The median magnitude of the elements that are not zero.</summary>
    private static double Typical(float[] values)
    {
        int stride = Math.Max(1, values.Length / Sample);
        float[] some = [.. Enumerable.Range(0, values.Length / stride).Select(i => Math.Abs(values[i * stride])).Where(value => value > 0).Order()];
        return some.Length == 0 ? double.MaxValue : some[some.Length / 2];
    }

    private static string Largest(IEnumerable<FloatMatrix> tensors)
    {
        (FloatMatrix Tensor, float Value, int Row) best = tensors
            .SelectMany(tensor => Enumerable.Range(0, tensor.Rows).Select(row => (Tensor: tensor, Value: tensor.Magnitude(row), Row: row)))
            .MaxBy(entry => entry.Value);
        return best.Tensor.Largest(best.Row);
    }

    /// <summary>What is added to the residual stream.</summary>
    private static IEnumerable<FloatMatrix> ResidualTensors(Checkpoint checkpoint) =>
        checkpoint.Layers.SelectMany(layer => Adding(checkpoint).Select(layer.Matrix)).SelectMany(linear => (FloatMatrix[])[linear.Weight, linear.BiasRow])
            .Prepend(checkpoint.PositionEmbedding).Prepend(checkpoint.TokenEmbedding);

    private static IEnumerable<string> Adding(Checkpoint checkpoint) =>
        checkpoint.Config.Description.Block.Where(step => step.AddsToResidual).Select(step => ((Product)step.Operation).Matrix);

    private static IEnumerable<FloatMatrix> Tensors(Checkpoint checkpoint, int lastLayer) =>
        checkpoint.Layers.Take(lastLayer + 1)
            .SelectMany(layer => layer.Matrices)
            .SelectMany(linear => (FloatMatrix[])[linear.Weight, linear.BiasRow])
            .Concat(checkpoint.Layers.Take(lastLayer + 1).SelectMany(layer => layer.Norms.SelectMany(norm => norm.Rows)))
            .Prepend(checkpoint.PositionEmbedding).Prepend(checkpoint.TokenEmbedding);
}
