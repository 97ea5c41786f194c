namespace LoopLynx.Contract;

/// <summary>A step that a machine adds to move data; the golden model has nothing to compute in it.</summary>
/// <param name="Kind">What moves.</param>
public sealed record Transport(TransportKind Kind) : Operation
{
    /// <inheritdoc/>
    public override string Text => Kind switch
    {
        TransportKind.Load => "load the embedding",
        TransportKind.Constants => "load the layer's constants",
        TransportKind.Flush => "await the writes to the cache",
        _ => "emit the residual",
    };
}
