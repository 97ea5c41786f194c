namespace LoopLynx.Host;

/// <summary>The intermediate vectors of one token, filled by <see cref="GoldenModel.Step(ReadOnlySpan{int}, int, GoldenTrace?, CancellationToken)"/>.</summary>
public sealed class GoldenTrace(ModelShape shape)
{
    /// <summary>By block.</summary>
    public IReadOnlyList<LayerTrace> Layers { get; } = [.. Enumerable.Range(0, shape.Layers).Select(_ => new LayerTrace(shape))];
}
