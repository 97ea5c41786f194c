namespace LoopLynx.Host;

/// <summary>One step of a block while its constants are found: what an operation's quantiser works on.</summary>
public sealed class QuantiserStep
{
    private readonly LayerQuantiser _layer;

    internal QuantiserStep(LayerQuantiser layer, Step step) => (_layer, Step) = (layer, step);

    /// <summary>The step.</summary>
    public Step Step { get; }

    /// <summary>The layer.</summary>
    public int Layer => _layer.Index;

    /// <summary>The matrix whose results the step reads.</summary>
    internal FloatMatrix HeadMatrix() => Weights.Matrix(((Product)_layer.Context.Flow.WriterOf(Step)!.Operation).Matrix).Weight;

    /// <summary>The model's shape.</summary>
    public ModelDescription Description => _layer.Context.Description;

    /// <summary>The formats.</summary>
    public NumericPlan Plan => _layer.Context.Plan;

    /// <summary>The layer's weights.</summary>
    public BlockWeights Weights => _layer.Weights;

    /// <summary>Epsilon of an integer norm.</summary>
    public ulong Epsilon => _layer.Context.Epsilon;

    /// <summary>The real value of one step of the residual.</summary>
    public double ResidualScale => _layer.Context.ResidualScale;

    /// <summary>Ends the quantisation.</summary>
    public CancellationToken Cancel => _layer.Context.Cancel;

    /// <summary>What the values that the step reads count in.</summary>
    public StepScale Source => _layer.ScaleOf(Step);

    /// <summary>The largest magnitude of each of the step's values, in real units.</summary>
    public ReadOnlySpan<float> Channels(ValueKind kind) => _layer.Context.Ranges.Channels(new ActivationSite(Step.Name, kind), _layer.Index);

    /// <summary>The real value of one step of a format that holds all of the step's values of a kind.</summary>
    public double ScaleOf(ValueKind kind) => LayerQuantiser.StepSize(LayerQuantiser.Headroom(kind) * CalibrationRanges.Max(Channels(kind)), Plan[kind]);

    /// <summary>The same for each query, key and value of a step that makes them, in the order of <see cref="HeadRows"/>.</summary>
    public double[] HeadScales()
    {
        var rows = Description.HeadRows;
        double Scale(int head, int part)
        {
            var kind = rows.KindOfPart(part);
            var vector = kind == ValueKind.Query ? (head * rows.Queries) + part : head;
            return LayerQuantiser.StepSize(CalibrationRanges.Max(Channels(kind).Slice(vector * rows.Width, rows.Width)), Plan[kind]);
        }

        return [.. from head in Enumerable.Range(0, rows.KvHeads) from part in Enumerable.Range(0, rows.Parts) select Scale(head, part)];
    }

    /// <summary>The matrices that take the step's values; none if something else takes them too, since factors on their columns would then be wrong.</summary>
    public IReadOnlyList<FloatMatrix> ReadingMatrices()
    {
        var readers = _layer.Context.Flow.ReadersOf(Step).ToArray();
        return readers.All(r => r.Operation is Product) ? [.. readers.Select(r => Weights.Matrix(((Product)r.Operation).Matrix).Weight)] : [];
    }

    /// <summary>Sets the step's constants.</summary>
    public void SetParameters(IStepParameters parameters) => _layer.Parameters.Add(Step.Name, parameters);

    /// <summary>Sets a matrix.</summary>
    public void SetMatrix(string name, QuantizedMatrix matrix) => _layer.Matrices.Add(name, matrix);

    /// <summary>Counts constants that did not fit and were clipped.</summary>
    public void CountSaturated(int constants) => _layer.Context.SaturatedConstants += constants;
}
