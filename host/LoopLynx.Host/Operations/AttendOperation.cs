namespace LoopLynx.Host;

/// <summary>Attention of all heads.</summary>
public class AttendOperation : HostOperation
{
    /// <inheritdoc/>
    public override int SyntheticOrder => 0;

    /// <inheritdoc/>
    public override int[] Golden(GoldenStep step)
    {
        var rows = step.Description.HeadRows;
        var context = new long[step.Description.QueryHeads * rows.Width];
        var current = new short[step.Source.Length];
        for (var i = 0; i < current.Length; i++)
        {
            current[i] = (short)step.Source[i];
        }

        for (var head = 0; head < rows.KvHeads; head++)
        {
            current.AsSpan(rows.First(head, rows.Key), rows.Width).CopyTo(step.Cache.Keys(step.Layer, head)[(step.Position * rows.Width)..]);
            current.AsSpan(rows.First(head, rows.Value), rows.Width).CopyTo(step.Cache.Values(step.Layer, head)[(step.Position * rows.Width)..]);
            for (var query = 0; query < rows.Queries; query++)
            {
                var queryHead = (head * rows.Queries) + query;
                Head(step, head, queryHead, current.AsSpan(rows.First(head, query), rows.Width), context.AsSpan(queryHead * rows.Width, rows.Width));
            }
        }

        return step.Clip(context);
    }

    /// <inheritdoc/>
    public override void Float(FloatStep step)
    {
        var rows = step.Description.HeadRows;
        var width = step.Cache.Width;
        for (var t = 0; t < step.Tokens; t++)
        {
            var current = step.Source.AsSpan(t * rows.Rows, rows.Rows);
            var at = (step.First + t) * width;
            for (var head = 0; head < rows.KvHeads; head++)
            {
                current.Slice(rows.First(head, rows.Key), rows.Width).CopyTo(step.Cache.Keys(step.Layer).AsSpan(at + (head * rows.Width)));
                current.Slice(rows.First(head, rows.Value), rows.Width).CopyTo(step.Cache.Values(step.Layer).AsSpan(at + (head * rows.Width)));
            }

            for (var head = 0; head < step.Description.QueryHeads; head++)
            {
                FloatHead(step, t, head);
            }
        }
    }

    /// <inheritdoc/>
    public override StepScale Quantise(QuantiserStep step)
    {
        var (model, rows, parts) = (step.Description, step.Description.HeadRows, step.Source.Parts!);
        var context = step.ScaleOf(step.Step.Result!.Kinds[0]);
        double Part(int head, int part) => parts[(head / rows.Queries * rows.Parts) + part];
        double Value(int head) => Part(head, rows.Value);
        HeadConstants Constants(int head) => new(
            Score(step, head, Part(head, head % rows.Queries) * Part(head, rows.Key) / Math.Sqrt(model.HeadWidth) / Math.Log(2) * PowerOfTwo.One),
            Multiplier.FromReal(Value(head) / context / IntegerAttention.AverageOne));
        step.SetParameters(new AttentionParameters(
            [.. Enumerable.Range(0, model.QueryHeads).Select(Constants)],
            [.. Enumerable.Range(0, model.QueryHeads).Select(head => Multiplier.FromReal(Value(head) / context / IntegerAttention.PaperProbability.Max))]));
        return new StepScale(context);
    }

    /// <inheritdoc/>
    public override void Synthesise(SyntheticStep step) => step.SetParameters(step.Heads());

    /// <summary>The factor from products of queries and keys to exponents.</summary>
    private static Multiplier Score(QuantiserStep step, int head, double factor) => Multiplier.Holds(factor)
        ? Multiplier.FromReal(factor)
        : throw new HostException(
            $"the attention scores of layer {step.Layer}, head {head} are too large for the machine (a rescaling factor of {factor:G4}); "
            + $"tensor \"{step.HeadMatrix().Name}\" or the norm in front of it is out of range");

    private static void Head(GoldenStep step, int head, int queryHead, ReadOnlySpan<short> query, Span<long> context)
    {
        var visible = step.Position + 1;
        var used = visible * query.Length;
        var constants = step.Weights.Attention(step.Step.Name);
        var weights = new int[visible];
        IntegerAttention.Scores(query, step.Cache.Keys(step.Layer, head)[..used], weights);
        var (mantissa, exponent) = Reciprocal.Compute(IntegerAttention.Exponentials(weights, constants.Heads[queryHead].Score));
        var paper = step.Mode == SoftmaxMode.Paper;
        if (paper)
        {
            foreach (ref var weight in weights.AsSpan())
            {
                weight = IntegerAttention.Probability(weight, mantissa, exponent);
            }
        }

        IntegerAttention.WeightedValues(weights, step.Cache.Values(step.Layer, head)[..used], context, step.Plan);
        foreach (ref var sum in context)
        {
            sum = paper
                ? Fixed.RoundShift(sum * constants.PaperContext[queryHead].Value, constants.PaperContext[queryHead].Shift)
                : IntegerAttention.Normalise(sum, mantissa, exponent, constants.Heads[queryHead].Context);
        }
    }

    private static void FloatHead(FloatStep step, int t, int queryHead)
    {
        var rows = step.Description.HeadRows;
        var (d, width, head) = (rows.Width, step.Cache.Width, queryHead / rows.Queries);
        var (keys, values) = (step.Cache.Keys(step.Layer), step.Cache.Values(step.Layer));
        ReadOnlySpan<float> query = step.Source.AsSpan((t * rows.Rows) + rows.First(head, queryHead % rows.Queries), d);
        var weights = step.Scores.AsSpan(0, step.First + t + 1);
        var output = step.Output.AsSpan(((t * step.Description.QueryHeads) + queryHead) * d, d);
        var scale = (float)step.Description.AttentionScale;
        for (var p = 0; p < weights.Length; p++)
        {
            weights[p] = FloatKernels.Dot(query, keys.AsSpan((p * width) + (head * d), d)) * scale;
        }

        FloatKernels.Softmax(weights);
        output.Clear();
        for (var p = 0; p < weights.Length; p++)
        {
            FloatKernels.AddScaled(values.AsSpan((p * width) + (head * d), d), weights[p], output);
        }
    }
}
