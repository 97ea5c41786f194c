namespace LoopLynx.Host;

/// <summary>The float32 keys and values of one sequence.</summary>
internal sealed class FloatCache
{
    private readonly float[][] _keys, _values;

    public FloatCache(ModelDescription model, int capacity)
    {
        Width = model.KvHeads * model.HeadWidth;
        _keys = [.. Enumerable.Range(0, model.Layers).Select(_ => new float[capacity * Width])];
        _values = [.. Enumerable.Range(0, model.Layers).Select(_ => new float[capacity * Width])];
    }

    /// <summary>Values of a position: d for each head of K and V.</summary>
    public int Width { get; }

    /// <summary>A layer's keys, <c>[position, head, d]</c>.</summary>
    public float[] Keys(int layer) => _keys[layer];

    /// <summary>A layer's values, <c>[position, head, d]</c>.</summary>
    public float[] Values(int layer) => _values[layer];
}
