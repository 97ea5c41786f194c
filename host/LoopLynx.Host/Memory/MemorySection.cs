namespace LoopLynx.Host;

/// <summary>A part of a layer's stream. All channels have the same offsets, so one number serves them all.</summary>
/// <param name="Offset">First beat, counted from the start of the layer, per channel.</param>
/// <param name="Beats">Beats per channel.</param>
public readonly record struct MemorySection(long Offset, long Beats)
{
    /// <summary>The beat after the section.</summary>
    public long End => Offset + Beats;
}
