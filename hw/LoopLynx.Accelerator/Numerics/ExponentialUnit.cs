namespace LoopLynx.Accelerator;

/// <summary>Distances of scores from the row's maximum, with the head's scale and one bit a lane for positions that count.</summary>
public sealed record ExponentialInput(Signal Distance, Signal Multiplier, Signal Shift, Signal Counts);

/// <summary>
/// Unnormalised softmax probabilities: e = 65535 * 2^(-u), u = min(round(distance * M / 2^s), 32767) in Q10; 0 for lanes that don't count.
/// 64-entry table of 2^-f and linear interpolation.
/// </summary>
/// <remarks>Latency <see cref="Latency"/>, initiation interval 1. Error 4e-5 of full scale.</remarks>
/// <param name="lanes">Scores at a time.</param>
/// <param name="distanceBits">Bits of a distance.</param>
public sealed class ExponentialUnit(int lanes, int distanceBits) : Module
{
    // Bits of a segment, and of what is left for the interpolation in it.
    private const int SegmentBits = 6;
    private const int InnerBits = Formats.ExponentFraction - SegmentBits;

    // Bits of a table's entry: a power, and its fall to the next.
    private const int PowerBits = 16;
    private const int FallBits = 10;

    // Is it beyond the largest exponent, and the choice; the fraction; lanes that don't count.
    private const int SaturationLevels = 2;
    private const int FractionLevels = 1;
    private const int MaskLevels = 1;

    /// <summary>Distances (max - score), scale, and which lanes count.</summary>
    public readonly StreamIn<ExponentialInput> Input = In(new ExponentialInput(
        Distance: UInt(distanceBits).Lanes(lanes), Multiplier: UInt(Formats.MultiplierBits), Shift: UInt(Formats.ShiftBits), Counts: Bit.Lanes(lanes)));

    /// <summary>Probabilities before division by their sum.</summary>
    public readonly StreamOut<Signal> Output = Out(UInt(Formats.ProbabilityBits).Lanes(lanes));

    /// <inheritdoc/>
    public override string Summary => "base-2 exponential of score distances";

    /// <summary>Cycles from distances to their probabilities.</summary>
    /// <param name="distanceBits">Bits of a distance.</param>
    public static int Latency(int distanceBits) => StreamPipelines.Latency(Levels(distanceBits));

    /// <summary>Product, shift, saturation; table and interpolation; shift by the whole part; mask.</summary>
    private static int Levels(int distanceBits) =>
        ProductLevels(distanceBits) + FixedPoint.RoundShiftLevels + SaturationLevels
        + WideProducts.WideLatency(UInt(FallBits), UInt(InnerBits)) + FixedPoint.RoundLevels + FractionLevels
        + FixedPoint.RoundShiftLevels + MaskLevels;

    private static int ProductLevels(int distanceBits) => WideProducts.WideLatency(UInt(distanceBits), UInt(Formats.MultiplierBits));

    /// <inheritdoc/>
    protected override void Build()
    {
        Rom(out var powers, UInt(PowerBits), Tables.PowerOfTwo, MemoryStyle.Distributed);
        Rom(out var falls, UInt(FallBits), Tables.PowerOfTwoFall, MemoryStyle.Distributed);
        Output.Drive(Input.Pipeline(Levels(distanceBits), x =>
        {
            var product = x.Distance.MultiplyWide(x.Multiplier, "product");
            var exponent = Saturated(product.RoundShiftPipelined(EachLane(x.Shift.Delayed(ProductLevels(distanceBits) - RegisterCopies.CopyLatency))));
            var whole = exponent.Slice(Formats.ExponentFraction, Formats.ExponentBits - Formats.ExponentFraction);
            var segment = exponent.Slice(InnerBits, SegmentBits);
            var power = Lookup(powers, segment).Registered(name: "power");
            var fall = Lookup(falls, segment).MultiplyWide(exponent.Slice(0, InnerBits), "fall").RoundShiftPipelined(InnerBits);
            var fraction = (power - fall).Truncate(PowerBits).AsUnsigned().Registered(name: "fraction");
            var value = fraction.RoundShiftPipelined(whole).Truncate(Formats.ProbabilityBits);
            return Mux(x.Counts, value, 0).Registered(name: "probability");
        }));
    }

    /// <summary>A copy of a value for each lane: a shift loads every bit of its amount often.</summary>
    private Signal EachLane(Signal value) =>
        Through(RegisterCopies.CopyLatency, [value], operands => SignalLanes.JoinLanes(operands[0].Copies(lanes, name: "shift")));

    /// <summary>Clipped to the largest exponent, whose bits are all 1.</summary>
    private static Signal Saturated(Signal scaled)
    {
        var beyond = (scaled.Slice(Formats.ExponentBits, scaled.Width - Formats.ExponentBits) != 0).Registered(name: "beyond");
        return Mux(beyond, (1 << Formats.ExponentBits) - 1, scaled.Truncate(Formats.ExponentBits).Registered(name: "within")).Registered(name: "exponent");
    }

    private Signal Lookup(Memory rom, Signal index) => SignalLanes.JoinLanes([.. Enumerable.Range(0, lanes).Select(i => rom.Read(index.Lane(i)))]);
}
