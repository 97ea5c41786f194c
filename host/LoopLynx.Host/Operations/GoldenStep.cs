namespace LoopLynx.Host;

/// <summary>One step of a block, for one token, in integers: what an operation's golden function works on.</summary>
public sealed class GoldenStep
{
    private readonly SaturationCounters _saturations;

    internal GoldenStep(QuantizedModel model, Step step, int[] source, KvCache cache, SaturationCounters saturations) =>
        (Model, Step, Source, Cache, _saturations) = (model, step, source, cache, saturations);

    /// <summary>The model.</summary>
    public QuantizedModel Model { get; }

    /// <summary>The step.</summary>
    public Step Step { get; }

    /// <summary>What lies where the step reads.</summary>
    public int[] Source { get; }

    /// <summary>The keys and values of the sequence.</summary>
    public KvCache Cache { get; }

    /// <summary>The layer.</summary>
    public required int Layer { get; init; }

    /// <summary>The token's position.</summary>
    public required int Position { get; init; }

    /// <summary>How attention turns scores into weights.</summary>
    public required SoftmaxMode Mode { get; init; }

    /// <summary>The model's shape.</summary>
    public ModelDescription Description => Model.Description;

    /// <summary>The formats.</summary>
    public NumericPlan Plan => Model.Plan;

    /// <summary>The layer's constants.</summary>
    public QuantizedLayer Weights => Model.Layers[Layer];

    /// <summary>The format of the step's values; the first one, where queries, keys and values differ.</summary>
    public NumericFormat Format => Plan[Step.Result!.Kinds[0]];

    /// <summary>Clips a value to a kind's format, and counts it if that changes it.</summary>
    public int Clip(long value, ValueKind kind)
    {
        var clipped = Plan[kind].Clip(value);
        if (clipped != value)
        {
            Count(1, kind);
        }

        return (int)clipped;
    }

    /// <summary>Clips the step's values to their formats, and counts those that this changes.</summary>
    public int[] Clip(long[] values)
    {
        var (kinds, rows) = (Step.Result!.Kinds, Description.HeadRows);
        var clipped = new int[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            clipped[i] = Clip(values[i], kinds.Count == 1 ? kinds[0] : rows.KindOf(i));
        }

        return clipped;
    }

    /// <summary>Counts values that were clipped.</summary>
    public void Count(int values, ValueKind kind) => _saturations.Add(Step.Name, kind, values);
}
