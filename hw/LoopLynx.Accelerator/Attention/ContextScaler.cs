namespace LoopLynx.Accelerator;

/// <summary>
/// Divides mixed values by the sum of the probabilities and requantises them: t = round(value / 2^(b-12)), z = round(t * r / 2^16), int8(round(z * M / 2^s)).
/// </summary>
/// <remarks>A packet a cycle; latency <see cref="Latency"/>. b is the exponent of the sum and r its reciprocal's mantissa in Q16.</remarks>
public sealed class ContextScaler(NodeConfiguration configuration) : Module
{
    // First rounding, division, product, second rounding, clip.
    private const int Levels = 5;

    /// <summary>Mixed values of a head.</summary>
    public readonly StreamIn<MixedHead> Mixed = In(MixedHead.Shape(configuration));

    /// <summary>The context, in order.</summary>
    public readonly StreamOut<Signal> Context = Out(configuration.Types.Activation.Lanes(configuration.PacketLanes));

    /// <inheritdoc/>
    public override string Summary => "mixed values to the int8 context";

    /// <summary>Cycles from a packet of mixed values to its context.</summary>
    public static int Latency => StreamPipelines.Latency(Levels);

    /// <summary>Packets of a head, or of a part of a wide one.</summary>
    public static int Packets(NodeConfiguration c) => c.HeadLanes / c.PacketLanes;

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var packets = Packets(c);
        Counter(out var packet, packets);
        Wire(out var ready, Bit);
        var values = packets == 1 ? Mixed.Data.Values : Mixed.Data.Values.SelectLanes(packet.Value, c.PacketLanes);
        var source = StreamSources.Of(Mixed.Valid, new MixedHead(values, Mixed.Data.Scale), ready);
        When(source.Fire, () => packet.Step());
        Mixed.Ready.Drive(ready & packet.IsLast);

        // |value| is below 2^(v - 1) * sum for values of v bits, so value / 2^b is below 2^v: v + 1 bits with sign, one to spare, and the fraction.
        var bits = c.Plan.Value.Bits + 2 + Formats.NormalisedFraction;
        Context.Drive(source.Pipeline(Levels, x =>
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
