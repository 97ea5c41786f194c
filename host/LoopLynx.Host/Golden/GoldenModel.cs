namespace LoopLynx.Host;

/// <summary>
/// The contract of the hardware: the forward pass of one token in integers, with its own KV cache. The RTL gives the same residual
/// stream bit for bit. See docs/numerics.md.
/// </summary>
public sealed class GoldenModel
{
    /// <summary>Logits count in steps of 2^-16.</summary>
    public const int LogitBits = 16;

    private readonly ModelShape shape;
    private readonly SoftmaxMode mode;
    private readonly sbyte[] norm, context;
    private readonly short[] wide;
    private readonly int[] output, scores;
    private readonly long[] weighted;

    /// <summary>Creates an empty sequence.</summary>
    public GoldenModel(QuantizedModel model, SoftmaxMode mode = SoftmaxMode.Precise)
    {
        Model = model;
        this.mode = mode;
        shape = model.Shape;
        Cache = new KvCache(shape);
        norm = new sbyte[shape.Embed];
        context = new sbyte[shape.Embed];
        wide = new short[Math.Max(shape.Embed, shape.FeedForward)];
        output = new int[Math.Max(3 * shape.Embed, shape.FeedForward)];
        scores = new int[shape.Context];
        weighted = new long[shape.HeadDim];
    }

    /// <summary>The model.</summary>
    public QuantizedModel Model { get; }

    /// <summary>The sequence so far.</summary>
    public KvCache Cache { get; }

    /// <summary>Values clipped since the model was created.</summary>
    public SaturationCounters Saturations { get; } = new();

    /// <summary>Embeds a token, runs it at the next position and returns the residual stream after the last block, 24 bits, <c>[E]</c>.</summary>
    public int[] Step(int token, CancellationToken cancel = default) => Step(Model.Embed(token, Cache.Length), Cache.Length, cancel: cancel);

    /// <summary>Runs one token and returns the residual stream after the last block, 24 bits, <c>[E]</c>.</summary>
    /// <param name="embedding">The token's embedding, 24-bit residual units, <c>[E]</c>.</param>
    /// <param name="position">At most the length of the cache; a smaller one drops what follows it.</param>
    /// <param name="trace">Receives the intermediate vectors, if given.</param>
    /// <param name="cancel">Ends the token between layers; the sequence is as it was, with what follows it in the cache overwritten.</param>
    public int[] Step(ReadOnlySpan<int> embedding, int position, GoldenTrace? trace = null, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(embedding.Length, shape.Embed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, Cache.Length);
        if (position < 0 || position >= shape.Context)
            throw new HostException($"position {position} is outside the model's context of {shape.Context}; shorten the text");
        int[] x = embedding.ToArray();
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            cancel.ThrowIfCancellationRequested();
            Block(Model.Layers[layer], layer, position, x, trace?.Layers[layer]);
        }
        Cache.Length = position + 1;
        return x;
    }

    /// <summary>The logits of a residual stream, int32 in steps of 2^-16, <c>[vocab]</c>.</summary>
    public int[] Logits(ReadOnlySpan<int> hidden)
    {
        var logits = new int[shape.Vocab];
        Normalise(Model.FinalNorm, hidden);
        Widen(norm);
        Saturations.Logits += IntegerLinear.Apply(Model.LmHead, wide, logits, int.MinValue, int.MaxValue);
        return logits;
    }

    private void Block(QuantizedLayer weights, int layer, int position, int[] x, LayerTrace? trace)
    {
        Normalise(weights.Norm1, x);
        if (trace is not null)
            norm.CopyTo(trace.Norm1, 0);
        Widen(norm);
        Saturations.Qkv += IntegerLinear.Apply(weights.Qkv, wide, output, -127, 127);
        for (int head = 0; head < shape.Heads; head++)
            Attend(weights, layer, head, position, trace);
        if (trace is not null)
            context.CopyTo(trace.Context, 0);
        Widen(context);
        AddDelta(weights.Output, x, trace?.AttentionDelta, trace?.AttentionResidual);

        Normalise(weights.Norm2, x);
        if (trace is not null)
            norm.CopyTo(trace.Norm2, 0);
        Widen(norm);
        Saturations.PreActivation += IntegerLinear.Apply(weights.FeedForward1, wide, output, short.MinValue, short.MaxValue);
        for (int i = 0; i < shape.FeedForward; i++)
        {
            wide[i] = weights.Gelu.Apply((short)output[i]);
            if (trace is not null)
                (trace.PreActivation[i], trace.Activation[i]) = ((short)output[i], (sbyte)wide[i]);
        }
        AddDelta(weights.FeedForward2, x, trace?.FeedForwardDelta, trace?.Residual);
    }

    private void Attend(QuantizedLayer weights, int layer, int head, int position, LayerTrace? trace)
    {
        int d = shape.HeadDim, at = head * 3 * d, visible = position + 1;
        Span<sbyte> qkv = stackalloc sbyte[3 * d];
        for (int c = 0; c < qkv.Length; c++)
            qkv[c] = (sbyte)output[at + c];
        if (trace is not null)
            qkv.CopyTo(trace.Qkv.AsSpan(at));
        Span<sbyte> keys = Cache.Keys(layer, head)[..(visible * d)], values = Cache.Values(layer, head)[..(visible * d)];
        qkv[d..(2 * d)].CopyTo(keys[(position * d)..]);
        qkv[(2 * d)..].CopyTo(values[(position * d)..]);

        Span<int> window = scores.AsSpan(0, visible);
        IntegerAttention.Scores(qkv[..d], keys, window);
        HeadConstants constants = weights.Heads[head];
        (int mantissa, int exponent) = Reciprocal.Compute(IntegerAttention.Exponentials(window, constants.Score));
        if (mode == SoftmaxMode.Paper)
            foreach (ref int weight in window)
                weight = IntegerAttention.Probability(weight, mantissa, exponent);
        IntegerAttention.WeightedValues(window, values, weighted);
        for (int c = 0; c < d; c++)
        {
            long value = mode == SoftmaxMode.Paper
                ? Fixed.RoundShift(weighted[c] * weights.PaperContext[head].Value, weights.PaperContext[head].Shift)
                : IntegerAttention.Normalise(weighted[c], mantissa, exponent, constants.Context);
            sbyte clipped = Fixed.Saturate8(value);
            context[head * d + c] = clipped;
            Saturations.Context += clipped != value ? 1 : 0;
        }
    }

    private void Normalise(QuantizedNorm constants, ReadOnlySpan<int> x) => Saturations.Norm += IntegerLayerNorm.Apply(x, constants, norm);

    private void Widen(sbyte[] vector)
    {
        for (int i = 0; i < vector.Length; i++)
            wide[i] = vector[i];
    }

    private void AddDelta(QuantizedMatrix matrix, int[] x, int[]? traceDelta, int[]? traceResidual)
    {
        Saturations.Residual += IntegerLinear.Apply(matrix, wide, output, Fixed.Min24, Fixed.Max24);
        for (int i = 0; i < x.Length; i++)
        {
            int sum = x[i] + output[i];
            x[i] = Fixed.Saturate24(sum);
            Saturations.Residual += x[i] != sum ? 1 : 0;
        }
        if (traceDelta is null || traceResidual is null)
            return;
        output.AsSpan(0, x.Length).CopyTo(traceDelta);
        x.CopyTo(traceResidual, 0);
    }
}
