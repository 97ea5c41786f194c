namespace LoopLynx.Hdl;

/// <summary>Integers of one scale to integers of another.</summary>
public static class Requantisation
{
    /// <summary>Register levels of <see cref="Requantise"/>.</summary>
    public const int Levels = 4;

    /// <summary>
    /// clip(round(value * multiplier / 2^shift), low, high), half up, lane by lane: the exact product is rounded once, so the result is the nearest integer.
    /// Four register levels (multiply, shift, round, clip), free-running, a value a cycle: for a <c>Pipeline</c>.
    /// </summary>
    /// <param name="value">Signed.</param>
    /// <param name="multiplier">Unsigned; with the value.</param>
    /// <param name="shift">Unsigned; with the value.</param>
    /// <param name="low">Least result; signed, no wider than the product; with the value.</param>
    /// <param name="high">Largest result; as <paramref name="low"/>, whose width is the result's.</param>
    public static Signal Requantise(Signal value, Signal multiplier, Signal shift, Signal low, Signal high)
    {
        var product = (value * multiplier.ToSigned()).Registered(name: "product");
        var shifted = (product << 1).ShiftRight(shift.Registered()).Registered(name: "shifted");
        var rounded = ((shifted + 1) >> 1).Registered(name: "rounded");
        var (least, most) = (low.Delayed(3), high.Delayed(3));
        var atMost = Hardware.Mux(rounded > most, most.Extend(rounded.Width), rounded);
        return Hardware.Mux(rounded < least, least.Extend(rounded.Width), atMost).Truncate(high.Width).Registered(name: "clipped");
    }
}
