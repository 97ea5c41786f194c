namespace LoopLynx.Contract;

/// <summary>A function of single values between a product and its buffer.</summary>
/// <param name="Kind">The function.</param>
/// <param name="Slot">Which of the unit's tables it uses, from 0.</param>
/// <param name="Side">Where it stands.</param>
public sealed record Unary(ActivationKind Kind, int Slot, UnarySide Side = UnarySide.AfterExchange)
{
    /// <summary>Segments of the piecewise linear table.</summary>
    public const int Segments = 256;

    /// <summary>Bytes of a segment: base and slope.</summary>
    public const int SegmentBytes = 4;

    /// <summary>The table of a step.</summary>
    public Section Table(Step step) => new($"{step.Name}.{Kind}", SectionLookup.Stream, Segments * SegmentBytes, Receivers.Unary, Slot);
}
