namespace LoopLynx.Host;

/// <summary>
/// The float32 reference: the forward pass with a KV cache, in the steps of the model's description. It holds one sequence; several
/// instances can share a checkpoint, one per thread.
/// </summary>
public sealed class Float32Model
{
    /// <summary>Tokens that go through the layers together.</summary>
    private const int Chunk = 32;

    private readonly Checkpoint checkpoint;
    private readonly ModelDescription model;
    private readonly IReadOnlyList<Step> block;
    private readonly OperationTable operations;
    private readonly FloatCache cache;
    private readonly Dictionary<string, float[]> places = [];
    private readonly float[] x, norm, delta, scores;
    private readonly IActivationObserver? observer;
    private readonly Dictionary<ValueKind, int[]> headRows;
    private float[] seen = [];

    /// <summary>Creates an empty sequence.</summary>
    /// <param name="checkpoint">The weights.</param>
    /// <param name="capacity">Positions to make room for; 0 means the model's whole context.</param>
    /// <param name="observer">Sees every activation, if given.</param>
    /// <param name="operations">What each kind of operation computes; null: the product's operations.</param>
    public Float32Model(Checkpoint checkpoint, int capacity = 0, IActivationObserver? observer = null, OperationTable? operations = null)
    {
        this.checkpoint = checkpoint;
        this.observer = observer;
        this.operations = operations ?? OperationTable.Default;
        model = checkpoint.Config.Description;
        block = model.Block;
        Capacity = capacity == 0 ? model.Context : Math.Min(capacity, model.Context);
        cache = new FloatCache(model, Capacity);
        x = new float[Chunk * model.Embed];
        norm = new float[x.Length];
        delta = new float[x.Length];
        scores = new float[Capacity];
        foreach (Step step in block)
            places[step.Result!.Buffer] = step.AddsToResidual ? x : new float[Chunk * step.Operation.Outputs(model)];
        places[Buffers.Residual] = x;
        headRows = Enumerable.Range(0, model.HeadRows.Rows).GroupBy(model.HeadRows.KindOf).ToDictionary(kind => kind.Key, kind => kind.ToArray());
    }

    /// <summary>Positions that the sequence can have.</summary>
    public int Capacity { get; }

    /// <summary>Positions that the sequence has.</summary>
    public int Length { get; private set; }

    /// <summary>Starts a new sequence.</summary>
    public void Reset() => Length = 0;

    /// <summary>Appends tokens and returns the logits of the last one, <c>[vocabulary]</c>.</summary>
    public float[] Forward(ReadOnlySpan<int> ids, CancellationToken cancel = default) => Forward(ids, all: false, cancel);

    /// <summary>Appends tokens and returns the logits of each, <c>[ids, vocabulary]</c>.</summary>
    public float[] ForwardAll(ReadOnlySpan<int> ids, CancellationToken cancel = default) => Forward(ids, all: true, cancel);

    private float[] Forward(ReadOnlySpan<int> ids, bool all, CancellationToken cancel)
    {
        if (Length + ids.Length > Capacity)
            throw new HostException($"the sequence would have {Length + ids.Length} tokens but the model's context is {Capacity}; shorten the text");
        int vocabulary = model.Vocabulary.Padded;
        var logits = new float[(all ? ids.Length : 1) * vocabulary];
        for (int done = 0; done < ids.Length; done += Chunk)
        {
            int count = Math.Min(Chunk, ids.Length - done);
            Embed(ids.Slice(done, count));
            for (int layer = 0; layer < model.Layers; layer++)
            {
                cancel.ThrowIfCancellationRequested();
                foreach (Step step in block)
                    Run(step, layer, count);
            }
            Length += count;
            if (all)
                Logits(0, count).AsSpan(0, count * vocabulary).CopyTo(logits.AsSpan(done * vocabulary));
            else if (done + count == ids.Length)
                logits = Logits(count - 1, 1);
        }
        return logits;
    }

    private void Embed(ReadOnlySpan<int> ids)
    {
        for (int t = 0; t < ids.Length; t++)
        {
            if (ids[t] < 0 || ids[t] >= model.Vocabulary.Logical)
                throw new HostException($"token id {ids[t]} is outside the model's vocabulary of {model.Vocabulary.Logical}; use the tokenizer of the model");
            ReadOnlySpan<float> token = checkpoint.TokenEmbedding.Row(ids[t]), position = checkpoint.PositionEmbedding.Row(Length + t);
            for (int i = 0; i < model.Embed; i++)
                x[t * model.Embed + i] = token[i] + position[i];
        }
        Observe(ActivationSite.Embedding, 0, x, ids.Length, model.Embed);
    }

    private void Run(Step step, int layer, int count)
    {
        float[] output = step.AddsToResidual ? delta : places[step.Result!.Buffer];
        operations[step.Operation].Float(new FloatStep(model, checkpoint.Layers[layer], cache, scores)
        {
            Step = step,
            Layer = layer,
            First = Length,
            Tokens = count,
            Source = places[step.From],
            Output = output,
        });
        int width = step.Operation.Outputs(model);
        if (step.AddsToResidual)
        {
            FloatKernels.AddScaled(delta.AsSpan(0, count * width), 1, x);
            output = x;
        }
        if (step.Result!.Buffer == Buffers.Heads)
            ObserveHeads(step, layer, output, count);
        else
            Observe(new ActivationSite(step.Name, step.Result.Kinds[0]), layer, output, count, width);
        if (step.Unary is null)
            return;
        foreach (ref float value in output.AsSpan(0, count * width))
            value = FloatKernels.Gelu(value);
        Observe(new ActivationSite(step.Name, ValueKind.Activation), layer, output, count, width);
    }

    private float[] Logits(int first, int count)
    {
        for (int t = 0; t < count; t++)
            FloatKernels.LayerNorm(x.AsSpan((first + t) * model.Embed, model.Embed), checkpoint.FinalNorm, model.Norm.Epsilon, norm.AsSpan(t * model.Embed));
        Observe(ActivationSite.FinalNorm, 0, norm, count, model.Embed);
        var logits = new float[count * model.Vocabulary.Padded];
        FloatKernels.MatMul(norm, count, checkpoint.LmHead, null, logits);
        return logits;
    }

    private void Observe(ActivationSite site, int layer, float[] vectors, int count, int width)
    {
        for (int t = 0; observer is not null && t < count; t++)
            observer.Observe(site, layer, vectors.AsSpan(t * width, width));
    }

    /// <summary>Shows all queries of a token, then all keys, then all values.</summary>
    private void ObserveHeads(Step step, int layer, float[] vectors, int count)
    {
        int width = model.HeadRows.Rows;
        for (int t = 0; observer is not null && t < count; t++)
            foreach (ValueKind kind in step.Result!.Kinds)
            {
                int[] rows = headRows[kind];
                if (seen.Length < rows.Length)
                    seen = new float[rows.Length];
                for (int i = 0; i < rows.Length; i++)
                    seen[i] = vectors[t * width + rows[i]];
                observer.Observe(new ActivationSite(step.Name, kind), layer, seen.AsSpan(0, rows.Length));
            }
    }
}
