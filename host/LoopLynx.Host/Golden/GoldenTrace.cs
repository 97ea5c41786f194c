namespace LoopLynx.Host;

/// <summary>
/// The intermediate vectors of one token, filled by <see cref="GoldenModel.Step(ReadOnlySpan{int}, int, GoldenTrace?, int?, CancellationToken)"/>.
/// </summary>
/// <param name="model">The model.</param>
public sealed class GoldenTrace(ModelDescription model)
{
    /// <summary>By block.</summary>
    public IReadOnlyList<LayerTrace> Layers { get; } = [.. Enumerable.Range(0, model.Layers).Select(_ => new LayerTrace())];
}
