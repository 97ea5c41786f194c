namespace LoopLynx.Host;

/// <summary>
/// Perplexity in windows of the model's context C, each starting afresh: window k predicts tokens Ck+1 .. Ck+C from tokens
/// Ck .. Ck+C-1. The last window may be shorter. Windows run in parallel; sums are formed in their order.
/// </summary>
public static class Perplexity
{
    /// <summary>Tokens of a window that the float32 model takes at once, to bound the memory of their logits.</summary>
    private const int Chunk = 32;

    /// <summary>Perplexity of the float32 model.</summary>
    /// <param name="checkpoint">The model.</param>
    /// <param name="ids">The text, at least two tokens.</param>
    /// <param name="progress">Told the fraction done, 0..1.</param>
    /// <param name="cancel">Ends the measurement.</param>
    public static double Float32(Checkpoint checkpoint, int[] ids, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        double loss = Run(checkpoint.Config.Description.Context, ids, progress, cancel, window => (FloatWindow(checkpoint, window, cancel).Loss, 0)).Loss;
        return Math.Exp(loss / (ids.Length - 1));
    }

    /// <summary>Perplexity of the integer model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="ids">The text, at least two tokens.</param>
    /// <param name="mode">The softmax to use.</param>
    /// <param name="progress">Told the fraction done, 0..1.</param>
    /// <param name="cancel">Ends the measurement.</param>
    public static double Integer(
        QuantizedModel model, int[] ids, SoftmaxMode mode = SoftmaxMode.Precise, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        double loss = Run(
            model.Description.Context, ids, progress, cancel, window => (IntegerWindow(model, mode, window, new SaturationCounters(), cancel).Loss, 0)).Loss;
        return Math.Exp(loss / (ids.Length - 1));
    }

    /// <summary>Both perplexities, and how often the models agree on the likeliest token.</summary>
    /// <param name="checkpoint">The float32 model.</param>
    /// <param name="model">The integer model made from it.</param>
    /// <param name="ids">The text, at least two tokens.</param>
    /// <param name="mode">The softmax of the integer model.</param>
    /// <param name="progress">Told the fraction done, 0..1.</param>
    /// <param name="cancel">Ends the measurement.</param>
    public static QualityResult Compare(
        Checkpoint checkpoint, QuantizedModel model, int[] ids, SoftmaxMode mode = SoftmaxMode.Precise, IProgress<double>? progress = null,
        CancellationToken cancel = default)
    {
        var integerLosses = new double[ids.Length];
        int context = model.Description.Context, predicted = ids.Length - 1;
        var saturations = new SaturationCounters();
        (double floatLoss, double agreed) = Run(context, ids, progress, cancel, window =>
        {
            (double loss, int[] floatTop) = FloatWindow(checkpoint, window, cancel);
            (integerLosses[window.Offset / context], int[] integerTop) = IntegerWindow(model, mode, window, saturations, cancel);
            return (loss, floatTop.Zip(integerTop).Count(pair => pair.First == pair.Second));
        });
        return new QualityResult(Math.Exp(floatLoss / predicted), Math.Exp(integerLosses.Sum() / predicted), agreed / predicted, predicted, saturations);
    }

    /// <summary>Windows overlap by one token: the last one predicted is the first one given.</summary>
    private static (double Loss, double Agreed) Run(
        int context, int[] ids, IProgress<double>? progress, CancellationToken cancel, Func<ArraySegment<int>, (double Loss, int Agreed)> window)
    {
        if (ids.Length < 2)
            throw new HostException($"the text has {ids.Length} token(s); perplexity needs at least 2: give a longer text");
        int windows = (ids.Length - 2) / context + 1, done = 0;
        var results = new (double Loss, int Agreed)[windows];
        SharedLoop.Run(windows, k =>
        {
            results[k] = window(new ArraySegment<int>(ids, k * context, Math.Min(context + 1, ids.Length - k * context)));
            progress?.Report((double)Interlocked.Increment(ref done) / windows);
        }, cancel);
        return (results.Sum(result => result.Loss), results.Sum(result => result.Agreed));
    }

    private static (double Loss, int[] Top) FloatWindow(Checkpoint checkpoint, ArraySegment<int> window, CancellationToken cancel)
    {
        int count = window.Count - 1, vocab = checkpoint.Config.Description.Vocabulary.Padded;
        var model = new Float32Model(checkpoint, count);
        var top = new int[count];
        double loss = 0;
        for (int start = 0; start < count; start += Chunk)
        {
            float[] logits = model.ForwardAll(window.AsSpan(start, Math.Min(Chunk, count - start)), cancel);
            for (int t = start; t < model.Length; t++)
            {
                ReadOnlySpan<float> row = logits.AsSpan((t - start) * vocab, vocab);
                top[t] = Sampler.Greedy(row);
                loss += Loss(row, top[t], window[t + 1]);
            }
        }
        return (loss, top);
    }

    private static (double Loss, int[] Top) IntegerWindow(
        QuantizedModel quantized, SoftmaxMode mode, ArraySegment<int> window, SaturationCounters saturations, CancellationToken cancel)
    {
        var model = new GoldenModel(quantized, mode);
        var top = new int[window.Count - 1];
        var scaled = new float[quantized.Description.Vocabulary.Padded];
        double loss = 0;
        for (int t = 0; t < top.Length; t++)
        {
            int[] logits = model.Logits(model.Step(window[t], cancel));
            top[t] = Sampler.Greedy<int>(logits);

            // Relative to the largest, where a float holds 2^-16 steps exactly enough.
            for (int i = 0; i < scaled.Length; i++)
                scaled[i] = MathF.ScaleB((long)logits[i] - logits[top[t]], -GoldenModel.LogitBits);
            loss += Loss(scaled, top[t], window[t + 1]);
        }

        // Windows run in parallel; the sum of counts does not depend on their order.
        lock (saturations)
            saturations.Add(model.Saturations);
        return (loss, top);
    }

    /// <summary>-log of the probability of <paramref name="target"/>.</summary>
    private static double Loss(ReadOnlySpan<float> logits, int top, int target)
    {
        double sum = 0;
        float max = logits[top];
        foreach (float logit in logits)
            sum += MathF.Exp(logit - max);
        return Math.Log(sum) - (logits[target] - max);
    }
}
