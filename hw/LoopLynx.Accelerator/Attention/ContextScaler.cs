namespace LoopLynx.Accelerator;

/// <summary>
/// Divides mixed values by the sum of the probabilities and requantises them: t = round(value / 2^(b-12)), z = round(t * r / 2^16), int8(round(z * M / 2^s)).
/// </summary>
/// <remarks>A packet a cycle; latency <see cref="Latency"/>. b is the exponent of the sum and r its reciprocal's mantissa in Q16.</remarks>
public sealed class ContextScaler(NodeConfiguration configuration) : Module
{
    // First rounding, division, product, second rounding, clip.
    private const int Levels = 5;

    /// <summary>Packets of mixed values.</summary>
    public readonly StreamIn<MixedPacket> Mixed = In(MixedPacket.Shape(configuration));

    /// <summary>The context, in order.</summary>
    public readonly StreamOut<Signal> Context = Out(configuration.Types.Activation.Lanes(configuration.PacketLanes));

    /// <inheritdoc/>
    public override string Summary => "mixed values to the int8 context";

    /// <summary>Cycles from a packet of mixed values to its context.</summary>
    public static int Latency => StreamPipelines.Latency(Levels);

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        // |value| is below 2^(v - 1) * sum for values of v bits, so value / 2^b is below 2^v: v + 1 bits with sign, one to spare, and the fraction.
        var bits = c.Plan.Value.Bits + 2 + Formats.NormalisedFraction;
        Context.Drive(Mixed.Pipeline(Levels, x =>
        {
            var (mantissa, exponent, multiplier, shift) = x.Scale;
            var amount = (exponent - Formats.NormalisedFraction).Truncate(exponent.Width).AsUnsigned();
            var scaled = x.Values.RoundShift(amount).Truncate(bits).Registered();
            var divided = (scaled * mantissa.ToSigned()).RoundShift(Formats.ReciprocalFraction).Truncate(bits).Registered();
            var product = (divided * multiplier.ToSigned()).Registered();
            var rounded = product.RoundShift(shift).Registered();
            return rounded.Clip(c.Plan.Activation, c.Plan.ByteBits).Registered(name: "context");
        }));
    }
}
