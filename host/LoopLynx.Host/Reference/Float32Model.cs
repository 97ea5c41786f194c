namespace LoopLynx.Host;

/// <summary>
/// The float32 reference: GPT-2's forward pass with a KV cache. It holds one sequence; several instances can share a checkpoint, one
/// per thread.
/// </summary>
public sealed class Float32Model
{
    /// <summary>Tokens that go through the layers together.</summary>
    private const int Chunk = 32;

    private readonly Gpt2Checkpoint checkpoint;
    private readonly ModelShape shape;
    private readonly float[][] keys, values;
    private readonly float[] x, norm, qkv, context, delta, hidden, scores;
    private readonly IActivationObserver? observer;

    /// <summary>Creates an empty sequence.</summary>
    /// <param name="checkpoint">The weights.</param>
    /// <param name="capacity">Positions to make room for; 0 means the model's whole context.</param>
    /// <param name="observer">Sees every activation, if given.</param>
    public Float32Model(Gpt2Checkpoint checkpoint, int capacity = 0, IActivationObserver? observer = null)
    {
        this.checkpoint = checkpoint;
        this.observer = observer;
        shape = checkpoint.Config.Shape;
        Capacity = capacity == 0 ? shape.Context : Math.Min(capacity, shape.Context);
        keys = [.. checkpoint.Layers.Select(_ => new float[Capacity * shape.Embed])];
        values = [.. checkpoint.Layers.Select(_ => new float[Capacity * shape.Embed])];
        x = new float[Chunk * shape.Embed];
        norm = new float[x.Length];
        context = new float[x.Length];
        delta = new float[x.Length];
        qkv = new float[3 * x.Length];
        hidden = new float[Chunk * shape.FeedForward];
        scores = new float[Capacity];
    }

    /// <summary>Positions that the sequence can have.</summary>
    public int Capacity { get; }

    /// <summary>Positions that the sequence has.</summary>
    public int Length { get; private set; }

    /// <summary>Starts a new sequence.</summary>
    public void Reset() => Length = 0;

    /// <summary>Appends tokens and returns the logits of the last one, <c>[vocab]</c>.</summary>
    public float[] Forward(ReadOnlySpan<int> ids, CancellationToken cancel = default) => Forward(ids, all: false, cancel);

    /// <summary>Appends tokens and returns the logits of each, <c>[ids, vocab]</c>.</summary>
    public float[] ForwardAll(ReadOnlySpan<int> ids, CancellationToken cancel = default) => Forward(ids, all: true, cancel);

    private float[] Forward(ReadOnlySpan<int> ids, bool all, CancellationToken cancel)
    {
        if (Length + ids.Length > Capacity)
            throw new HostException($"the sequence would have {Length + ids.Length} tokens but the model's context is {Capacity}; shorten the text");
        var logits = new float[(all ? ids.Length : 1) * shape.Vocab];
        for (int done = 0; done < ids.Length; done += Chunk)
        {
            int count = Math.Min(Chunk, ids.Length - done);
            Embed(ids.Slice(done, count));
            for (int layer = 0; layer < shape.Layers; layer++)
            {
                cancel.ThrowIfCancellationRequested();
                Block(layer, count);
            }
            Length += count;
            if (all)
                Logits(0, count).AsSpan(0, count * shape.Vocab).CopyTo(logits.AsSpan(done * shape.Vocab));
            else if (done + count == ids.Length)
                logits = Logits(count - 1, 1);
        }
        return logits;
    }

    private void Embed(ReadOnlySpan<int> ids)
    {
        for (int t = 0; t < ids.Length; t++)
        {
            if (ids[t] < 0 || ids[t] >= shape.Vocab)
                throw new HostException($"token id {ids[t]} is outside the model's vocabulary of {shape.Vocab}; use the tokenizer of the model");
            ReadOnlySpan<float> token = checkpoint.TokenEmbedding.Row(ids[t]), position = checkpoint.PositionEmbedding.Row(Length + t);
            for (int i = 0; i < shape.Embed; i++)
                x[t * shape.Embed + i] = token[i] + position[i];
        }
        Observe(ActivationSite.Residual, 0, x, ids.Length, shape.Embed);
    }

    private void Block(int layer, int count)
    {
        Gpt2Layer weights = checkpoint.Layers[layer];
        int embed = shape.Embed;
        Normalise(weights.Norm1, 0, count);
        Observe(ActivationSite.Norm1, layer, norm, count, embed);
        FloatKernels.MatMul(norm, count, weights.Qkv.Weight, weights.Qkv.Bias, qkv);
        for (int t = 0; t < count; t++)
        {
            qkv.AsSpan(t * 3 * embed + embed, embed).CopyTo(keys[layer].AsSpan((Length + t) * embed));
            qkv.AsSpan(t * 3 * embed + 2 * embed, embed).CopyTo(values[layer].AsSpan((Length + t) * embed));
            observer?.Observe(ActivationSite.Query, layer, qkv.AsSpan(t * 3 * embed, embed));
            observer?.Observe(ActivationSite.Key, layer, qkv.AsSpan(t * 3 * embed + embed, embed));
            observer?.Observe(ActivationSite.Value, layer, qkv.AsSpan(t * 3 * embed + 2 * embed, embed));
            for (int head = 0; head < shape.Heads; head++)
                Attend(layer, head, t);
        }
        Observe(ActivationSite.Context, layer, context, count, embed);
        FloatKernels.MatMul(context, count, weights.Output.Weight, weights.Output.Bias, delta);
        AddDelta(layer, count);

        Normalise(weights.Norm2, 0, count);
        Observe(ActivationSite.Norm2, layer, norm, count, embed);
        FloatKernels.MatMul(norm, count, weights.FeedForward1.Weight, weights.FeedForward1.Bias, hidden);
        Observe(ActivationSite.PreActivation, layer, hidden, count, shape.FeedForward);
        foreach (ref float value in hidden.AsSpan(0, count * shape.FeedForward))
            value = FloatKernels.Gelu(value);
        Observe(ActivationSite.Activation, layer, hidden, count, shape.FeedForward);
        FloatKernels.MatMul(hidden, count, weights.FeedForward2.Weight, weights.FeedForward2.Bias, delta);
        AddDelta(layer, count);
    }

    private void Attend(int layer, int head, int t)
    {
        int embed = shape.Embed, d = shape.HeadDim, at = head * d, visible = Length + t + 1;
        ReadOnlySpan<float> query = qkv.AsSpan(t * 3 * embed + at, d);
        Span<float> weights = scores.AsSpan(0, visible), output = context.AsSpan(t * embed + at, d);
        float scale = 1 / MathF.Sqrt(d);
        for (int p = 0; p < visible; p++)
            weights[p] = FloatKernels.Dot(query, keys[layer].AsSpan(p * embed + at, d)) * scale;
        FloatKernels.Softmax(weights);
        output.Clear();
        for (int p = 0; p < visible; p++)
            FloatKernels.AddScaled(values[layer].AsSpan(p * embed + at, d), weights[p], output);
    }

    private float[] Logits(int first, int count)
    {
        Normalise(checkpoint.FinalNorm, first, count);
        Observe(ActivationSite.FinalNorm, 0, norm, count, shape.Embed);
        var logits = new float[count * shape.Vocab];
        FloatKernels.MatMul(norm, count, checkpoint.LmHead, null, logits);
        return logits;
    }

    private void Normalise(NormWeights weights, int first, int count)
    {
        for (int t = 0; t < count; t++)
            FloatKernels.LayerNorm(x.AsSpan((first + t) * shape.Embed, shape.Embed), weights, checkpoint.Config.LayerNormEpsilon, norm.AsSpan(t * shape.Embed));
    }

    private void AddDelta(int layer, int count)
    {
        FloatKernels.AddScaled(delta.AsSpan(0, count * shape.Embed), 1, x);
        Observe(ActivationSite.Residual, layer, x, count, shape.Embed);
    }

    private void Observe(ActivationSite site, int layer, float[] vectors, int count, int width)
    {
        for (int t = 0; observer is not null && t < count; t++)
            observer.Observe(site, layer, vectors.AsSpan(t * width, width));
    }
}
