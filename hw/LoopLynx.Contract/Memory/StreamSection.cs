namespace LoopLynx.Contract;

/// <summary>A part of a layer's stream. All channels have the same offsets, so one number serves them all.</summary>
/// <param name="Offset">First row beat, counted from the start of the layer, per channel.</param>
/// <param name="Beats">Row beats per channel.</param>
public readonly record struct StreamSection(long Offset, long Beats)
{
    /// <summary>The row beat after the section.</summary>
    public long End => Offset + Beats;
}
