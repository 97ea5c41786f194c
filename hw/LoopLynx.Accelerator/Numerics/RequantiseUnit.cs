namespace LoopLynx.Accelerator;

/// <summary>Constants of one output row: <c>Bias</c> in accumulator units, multiplier and shift.</summary>
public sealed record RowConstants(Signal Bias, Signal Multiplier, Signal Shift)
{
    /// <summary>Types of the fields for <paramref name="lanes"/> rows.</summary>
    public static RowConstants Shape(int lanes, NumericPlan plan) => new(
        Bias: SInt(plan.Bias.Bits).Lanes(lanes), Multiplier: UInt(Formats.MultiplierBits).Lanes(lanes), Shift: UInt(Formats.ShiftBits).Lanes(lanes));
}

/// <summary>Accumulators of one row a lane, and the range to clip to.</summary>
public sealed record RequantiseInput(Signal Accumulator, RowConstants Constants, Signal Low, Signal High)
{
    /// <summary>Types of the fields for <paramref name="lanes"/> rows.</summary>
    public static RequantiseInput Shape(int lanes, NumericPlan plan, int accumulatorBits) => new(
        Accumulator: SInt(accumulatorBits).Lanes(lanes), Constants: RowConstants.Shape(lanes, plan), Low: SInt(plan.PacketBits), High: SInt(plan.PacketBits));
}

/// <summary>
/// Bias and requantisation: y = clip(round((acc + bias) * M / 2^s), Low, High), one row a lane.
/// </summary>
/// <remarks>
/// Latency <see cref="Latency"/>, initiation interval 1, back-pressure by credits. Formats: acc 32, bias 32, M 17, s 6 bits; y 24 bits. Source: LoopLynx
/// III-D, quantisation unit.
/// </remarks>
/// <param name="lanes">Rows at a time.</param>
/// <param name="plan">The formats.</param>
/// <param name="accumulatorBits">Bits of an accumulator.</param>
public sealed class RequantiseUnit(int lanes, NumericPlan plan, int accumulatorBits) : Module
{
    /// <summary>Accumulators, constants and range.</summary>
    public readonly StreamIn<RequantiseInput> Input = In(RequantiseInput.Shape(lanes, plan, accumulatorBits));

    /// <summary>Requantised values.</summary>
    public readonly StreamOut<Signal> Output = Out(SInt(plan.PacketBits).Lanes(lanes));

    /// <inheritdoc/>
    public override string Summary => $"bias, multiply, rounding shift and clip, {lanes} rows a cycle";

    /// <summary>Cycles from accumulators to their results.</summary>
    public static int Latency(NumericPlan plan, int accumulatorBits) => StreamPipelines.Latency(Levels(plan, accumulatorBits));

    /// <inheritdoc/>
    protected override void Build() =>
        Output.Drive(Input.Pipeline(Levels(plan, accumulatorBits), x => Requantise(x.Accumulator, x.Constants, x.Low, x.High)));

    // The operands' own level and the bias's addition, then the library's multiply, shift, round and clip.
    private static int Levels(NumericPlan plan, int accumulatorBits) =>
        2 + Requantisation.Levels(SInt(Math.Max(plan.Bias.Bits, accumulatorBits) + 1), UInt(Formats.MultiplierBits));

    private static Signal Requantise(Signal accumulator, RowConstants constants, Signal low, Signal high)
    {
        var biased = (accumulator.Registered() + constants.Bias.Registered()).Registered();
        return Requantisation.Requantise(biased, constants.Multiplier, constants.Shift, low, high);
    }
}
