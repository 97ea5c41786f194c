using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>Integers of one scale to integers of another.</summary>
public static class Requantisation
{
    // Rounding is a level of the shift; then the comparisons and the choice.
    private const int ClipLevels = 2;

    /// <summary>Register levels of <see cref="Requantise"/>: the product's, the rounding shift's, the comparisons with the range, the choice.</summary>
    /// <param name="value">Type of the value.</param>
    /// <param name="multiplier">Type of the multiplier.</param>
    public static int Levels(Signal value, Signal multiplier) => WideProducts.WideLatency(value, multiplier) + FixedPoint.RoundShiftLevels + ClipLevels;

    /// <summary>
    /// clip(round(value * multiplier / 2^shift), low, high), half up, lane by lane: the exact product is rounded once, so the result is the nearest integer.
    /// <see cref="Levels"/> register levels, free-running, a value a cycle: for a <c>Pipeline</c>.
    /// </summary>
    /// <param name="value">Signed.</param>
    /// <param name="multiplier">Unsigned; with the value.</param>
    /// <param name="shift">Unsigned; with the value.</param>
    /// <param name="low">Least result; signed, no wider than the product; with the value.</param>
    /// <param name="high">Largest result; as <paramref name="low"/>, whose width is the result's.</param>
    public static Signal Requantise(Signal value, Signal multiplier, Signal shift, Signal low, Signal high)
    {
        var product = WideProducts.WideLatency(value, multiplier);
        var rounded = value.MultiplyWide(multiplier).RoundShiftPipelined(shift.Delayed(product));
        var (least, most) = (low.Delayed(product + FixedPoint.RoundShiftLevels), high.Delayed(product + FixedPoint.RoundShiftLevels));
        Let(out var isAbove, (rounded > most).Registered());
        Let(out var isBelow, (rounded < least).Registered());
        var inside = rounded.Truncate(high.Width).Registered();
        return Mux(isAbove, most.Registered(), Mux(isBelow, least.Registered(), inside)).Registered(name: "clipped");
    }
}
