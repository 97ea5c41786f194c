namespace LoopLynx.Host;

/// <summary>What the golden model's arithmetic can hold.</summary>
internal static class GoldenRules
{
    private const int WordBits = 32;

    /// <summary>Checks that formats and constants fit the accumulators.</summary>
    /// <exception cref="HostException">They don't.</exception>
    public static void Check(QuantizedModel model)
    {
        var (plan, description) = (model.Plan, model.Description);
        if (plan.Probability != PowerOfTwo.Format)
        {
            throw new HostException($"probabilities of the format {plan.Probability} can't be computed; use {PowerOfTwo.Format}");
        }

        if (plan.ScoreBits(description.HeadWidth) > WordBits)
        {
            throw new HostException(
                $"scores of {plan.ScoreBits(description.HeadWidth)} bits don't fit {WordBits}; use narrower queries and keys, or a narrower head");
        }

        for (var layer = 0; layer < model.Layers.Count; layer++)
        {
            foreach (var (name, matrix) in model.Layers[layer].Matrices)
            {
                CheckAccumulator($"matrix {name} of layer {layer}", matrix, plan);
            }
        }

        CheckAccumulator("the LM head", model.LmHead, plan);
    }

    private static void CheckAccumulator(string name, QuantizedMatrix matrix, NumericPlan plan)
    {
        var room = new NumericFormat(plan.AccumulatorBits(matrix.Columns)).Max - (matrix.Columns * plan.Weight.Max * plan.Activation.Max);
        for (var row = 0; row < matrix.Rows; row++)
        {
            if (Math.Abs((long)matrix.Bias[row]) > room)
            {
                throw new HostException(
                    $"the bias {matrix.Bias[row]} of row {row} of {name} doesn't fit the {plan.AccumulatorBits(matrix.Columns)}-bit accumulator "
                    + "with its products; quantise the model again");
            }
        }
    }
}
