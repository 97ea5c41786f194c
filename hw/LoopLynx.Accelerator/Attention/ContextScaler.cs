namespace LoopLynx.Accelerator;

/// <summary>
/// Divides mixed values by the sum of the probabilities and requantises them: t = round(value / 2^(b-12)), z = round(t * r / 2^16), int8(round(z * M / 2^s)).
/// </summary>
/// <remarks>A packet a cycle; latency <see cref="Latency(NodeConfiguration)"/>. b is the exponent of the sum and r its reciprocal's mantissa in Q16.</remarks>
public sealed class ContextScaler(NodeConfiguration configuration) : Module
{
    /// <summary>Packets of mixed values.</summary>
    public readonly StreamIn<MixedPacket> Mixed = In(MixedPacket.Shape(configuration));

    /// <summary>The context, in order.</summary>
    public readonly StreamOut<Signal> Context = Out(configuration.Types.Activation.Lanes(configuration.PacketLanes));

    /// <inheritdoc/>
    public override string Summary => "mixed values to the int8 context";

    /// <summary>Cycles from a packet of mixed values to its context.</summary>
    public static int Latency(NodeConfiguration c) => StreamPipelines.Latency(Levels(c));

    /// <summary>The amount of the first shift and that shift; division; product, second shift, clip.</summary>
    private static int Levels(NodeConfiguration c) =>
        RegisterCopies.CopyLatency + FixedPoint.RoundShiftLevels
        + WideProducts.WideLatency(SInt(Bits(c)), UInt(Formats.ReciprocalBits)) + FixedPoint.RoundLevels
        + ProductLevels(c) + FixedPoint.RoundShiftLevels + Formats.ClipLevels;

    private static int ProductLevels(NodeConfiguration c) => WideProducts.WideLatency(SInt(Bits(c)), UInt(Formats.MultiplierBits));

    /// <summary>
    /// |value| is below 2^(v - 1) * sum for values of v bits, so value / 2^b is below 2^v: v + 1 bits with sign, one to spare, and the fraction.
    /// </summary>
    private static int Bits(NodeConfiguration c) => c.Plan.Value.Bits + 2 + Formats.NormalisedFraction;

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var bits = Bits(c);
        Context.Drive(Mixed.Pipeline(Levels(c), x =>
        {
            var (mantissa, exponent, multiplier, shift) = x.Scale;
            var amount = EachLane((exponent - Formats.NormalisedFraction).Truncate(exponent.Width).AsUnsigned(), "amount");
            var scaled = x.Values.RoundShiftPipelined(amount).Truncate(bits);
            var divided = scaled.MultiplyWide(mantissa, "divided").RoundShiftPipelined(Formats.ReciprocalFraction).Truncate(bits);
            var product = divided.MultiplyWide(multiplier, "product");
            var before = Levels(c) - Formats.ClipLevels - FixedPoint.RoundShiftLevels - RegisterCopies.CopyLatency;
            var rounded = product.RoundShiftPipelined(EachLane(shift.Delayed(before), "shift"));
            return rounded.ClipPipelined(c.Plan.Activation, c.Plan.ByteBits);
        }));
    }

    /// <summary>A copy of a value for each lane: a shift loads every bit of its amount often.</summary>
    private Signal EachLane(Signal value, string name) =>
        Through(RegisterCopies.CopyLatency, [value], operands => SignalLanes.JoinLanes(operands[0].Copies(configuration.PacketLanes, name: name)));
}
