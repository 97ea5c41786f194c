namespace LoopLynx.Host;

/// <summary>
/// The contract of the hardware: the forward pass of one token in integers, with its own KV cache. It walks through the steps of the
/// model's description. The RTL gives the same residual stream bit for bit. See docs/numerics.md.
/// </summary>
public sealed class GoldenModel
{
    /// <summary>Logits count in steps of 2^-16.</summary>
    public const int LogitBits = 16;

    private readonly ModelDescription description;
    private readonly IReadOnlyList<Step> block;
    private readonly SoftmaxMode mode;

    /// <summary>Creates an empty sequence.</summary>
    /// <exception cref="HostException">The model's formats or constants do not fit the accumulators.</exception>
    public GoldenModel(QuantizedModel model, SoftmaxMode mode = SoftmaxMode.Precise)
    {
        GoldenRules.Check(model);
        Model = model;
        this.mode = mode;
        description = model.Description;
        block = description.Block;
        Cache = new KvCache(description, model.Plan);
    }

    /// <summary>The model.</summary>
    public QuantizedModel Model { get; }

    /// <summary>The sequence so far.</summary>
    public KvCache Cache { get; }

    /// <summary>Values clipped since the model was created.</summary>
    public SaturationCounters Saturations { get; } = new();

    /// <summary>Embeds a token, runs it at the next position and returns the residual stream after the last block, <c>[E]</c>.</summary>
    public int[] Step(int token, CancellationToken cancel = default) => Step(Model.Embed(token, Cache.Length), Cache.Length, cancel: cancel);

    /// <summary>Runs one token and returns the residual stream after the last block, <c>[E]</c>.</summary>
    /// <param name="embedding">The token's embedding, residual units, <c>[E]</c>.</param>
    /// <param name="position">At most the length of the cache; a smaller one drops what follows it.</param>
    /// <param name="trace">Receives the intermediate vectors, if given.</param>
    /// <param name="layers">Blocks to run, from the first on; null: all. The sequence has the token in those alone.</param>
    /// <param name="cancel">Ends the token between layers; the sequence is as it was, with what follows it in the cache overwritten.</param>
    public int[] Step(ReadOnlySpan<int> embedding, int position, GoldenTrace? trace = null, int? layers = null, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(embedding.Length, description.Embed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, Cache.Length);
        if (position < 0 || position >= description.Context)
            throw new HostException($"position {position} is outside the model's context of {description.Context}; shorten the text");
        int[] x = embedding.ToArray();
        for (int layer = 0; layer < (layers ?? description.Layers); layer++)
        {
            cancel.ThrowIfCancellationRequested();
            Block(layer, position, x, trace?.Layers[layer]);
        }
        Cache.Length = position + 1;
        return x;
    }

    /// <summary>The logits of a residual stream, int32 in steps of 2^-16, <c>[vocabulary]</c>.</summary>
    public int[] Logits(ReadOnlySpan<int> hidden)
    {
        var norm = new int[description.Embed];
        Saturations.Add("FinalNorm", ValueKind.Activation, IntegerLayerNorm.Apply(hidden, Model.FinalNorm, norm, Model.Plan.Activation));
        long[] exact = IntegerLinear.Apply(Model.LmHead, norm);
        var logits = new int[exact.Length];
        for (int i = 0; i < logits.Length; i++)
            logits[i] = Clip(exact[i], "LmHead", ValueKind.Logit);
        return logits;
    }

    /// <summary>Runs the steps of a layer; x is the residual, before and after.</summary>
    private void Block(int layer, int position, int[] x, LayerTrace? trace)
    {
        var places = new Dictionary<string, int[]> { [Buffers.Residual] = x };
        foreach (Step step in block)
        {
            int[] output = Model.Operations[step.Operation].Golden(new GoldenStep(Model, step, places[step.From], Cache, Saturations)
            {
                Layer = layer,
                Position = position,
                Mode = mode,
            });
            int[] stored = step.AddsToResidual ? Add(step, x, output) : step.Unary is null ? output : Unary(layer, step, output);
            places[step.Result!.Buffer] = stored;
            trace?.Record(step.Name, new StepTrace(
                Vector(step.Result.Kinds, output),
                step.Unary is null ? Vector(step.Result.Kinds, stored.AsSpan().ToArray()) : Vector([ValueKind.Activation], stored)));
        }
    }

    private int[] Unary(int layer, Step step, int[] values)
    {
        GeluTable table = Model.Layers[layer].Table(step.Name);
        var result = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
            result[i] = table.Apply(values[i], Model.Plan);
        return result;
    }

    private int[] Add(Step step, int[] x, int[] delta)
    {
        for (int i = 0; i < x.Length; i++)
            x[i] = Clip((long)x[i] + delta[i], step.Name, ValueKind.Residual);
        return x;
    }

    private int Clip(long value, string step, ValueKind kind)
    {
        long clipped = Model.Plan[kind].Clip(value);
        if (clipped != value)
            Saturations.Add(step, kind, 1);
        return (int)clipped;
    }

    private GoldenVector Vector(IReadOnlyList<ValueKind> kinds, int[] values) => new([.. kinds.Select(kind => Model.Plan[kind])], values);
}
