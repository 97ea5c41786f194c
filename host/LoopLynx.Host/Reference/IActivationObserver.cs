namespace LoopLynx.Host;

/// <summary>Sees the float32 model's activations as they are computed, one call per token.</summary>
public interface IActivationObserver
{
    /// <summary>Called with one token's vector at a site; the span is valid during the call only.</summary>
    void Observe(ActivationSite site, int layer, ReadOnlySpan<float> vector);
}
