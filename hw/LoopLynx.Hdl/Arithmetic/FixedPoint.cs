namespace LoopLynx.Hdl;

/// <summary>Fixed-point values: integers with an agreed number of fraction bits.</summary>
public static class FixedPoint
{
    /// <summary>Register levels of <see cref="RoundShiftPipelined(Signal, int)"/>.</summary>
    public const int RoundLevels = 1;

    /// <summary>Register levels of <see cref="ShiftRightPipelined"/>.</summary>
    public const int ShiftLevels = 2;

    /// <summary>Register levels of <see cref="RoundShiftPipelined(Signal, Signal)"/>.</summary>
    public const int RoundShiftLevels = ShiftLevels + 1;

    /// <summary>
    /// Resizes from <paramref name="fraction"/> to <paramref name="toFraction"/> fraction bits and <paramref name="toWidth"/> bits in all: rounds half up, then
    /// clips to the range.
    /// At most half a unit in the last place off where it doesn't clip; exact where the fraction grows.
    /// </summary>
    /// <param name="a">Lanes of integers, value a / 2^fraction.</param>
    /// <param name="fraction">Fraction bits now.</param>
    /// <param name="toFraction">Fraction bits of the result.</param>
    /// <param name="toWidth">Bits of the result, same signedness.</param>
    public static Signal SaturateRound(this Signal a, int fraction, int toFraction, int toWidth) =>
        (toFraction >= fraction ? a << (toFraction - fraction) : a.RoundShift(fraction - toFraction)).Saturate(toWidth);

    /// <summary>The value <paramref name="cycles"/> cycles later, without reset.</summary>
    public static Signal Delayed(this Signal value, int cycles) => cycles == 0 ? value : value.Registered().Delayed(cycles - 1);

    /// <summary>The value <paramref name="cycles"/> cycles later, through registers that reset to <paramref name="reset"/>.</summary>
    public static Signal DelayedReset(this Signal value, int cycles, int reset = 0) =>
        cycles == 0 ? value : value.RegisteredReset(reset).DelayedReset(cycles - 1, reset);

    /// <summary>
    /// Exact product with registers where DSP blocks have them: operands, product, result. Latency <paramref name="levels"/> cycles (free-running), a product a
    /// cycle.
    /// One level is the product's; two are the operands' and the product's; more follow the product, for the tool to move into wide multipliers.
    /// </summary>
    public static Signal MultiplyPipelined(this Signal a, Signal b, int levels = 3) => levels switch
    {
        0 => a * b,
        1 => (a * b).Registered(),
        _ => (a.Registered() * b.Registered()).Delayed(levels - 1),
    };

    /// <summary>
    /// floor(a / 2^amount) in <see cref="ShiftLevels"/> register levels, free-running, a value a cycle: the upper half of the amount's bits first, so that a
    /// level is a multiplexer of few inputs.
    /// The width stays.
    /// </summary>
    /// <param name="a">Lanes to shift.</param>
    /// <param name="amount">Unsigned, with the value: a lane for each, or one for all, which then loads every bit of every lane.</param>
    public static Signal ShiftRightPipelined(this Signal a, Signal amount)
    {
        var fine = amount.Width / 2;
        var coarse = a.ShiftRight(amount.Slice(fine, amount.Width - fine) << fine).Registered(name: "shiftedCoarse");
        return (fine == 0 ? coarse : coarse.ShiftRight(amount.Slice(0, fine).Registered(name: "fine"))).Registered(name: "shifted");
    }

    /// <summary>
    /// floor(a / 2^amount + 1/2) in <see cref="RoundShiftLevels"/> register levels, free-running, a value a cycle: two of the shift, one of the rounding. As
    /// wide as the operand plus one bit.
    /// </summary>
    /// <param name="a">Lanes to shift.</param>
    /// <param name="amount">Unsigned, with the value: a lane for each, or one for all, which then loads every bit of every lane.</param>
    public static Signal RoundShiftPipelined(this Signal a, Signal amount) => (((a << 1).ShiftRightPipelined(amount) + 1) >> 1).Registered(name: "rounded");

    /// <summary>floor(a / 2^bits + 1/2) and a register behind it.</summary>
    public static Signal RoundShiftPipelined(this Signal a, int bits) => a.RoundShift(bits).Registered(name: "rounded");

    /// <summary>Register levels of <see cref="ScaledBy"/>: none where the factor is a power of two.</summary>
    public static int ScaleLevels(int factor) => Sizes.CeilLog2(int.PopCount(factor));

    /// <summary>
    /// Exact product with a constant of at least 1: the value, shifted, once for each 1 of the factor, in a tree of <see cref="ScaleLevels"/> registered
    /// adders.
    /// </summary>
    public static Signal ScaledBy(this Signal a, int factor)
    {
        List<Signal> terms = [.. Enumerable.Range(0, 31).Where(bit => (factor >> bit & 1) == 1).Select(bit => a << bit)];
        while (terms.Count > 1)
        {
            terms = [.. terms.Chunk(2).Select(pair => (pair.Length == 1 ? pair[0] : pair[0] + pair[1]).Registered())];
        }

        return terms[0].Resize(a.Width + Sizes.BitsFor(factor));
    }
}
