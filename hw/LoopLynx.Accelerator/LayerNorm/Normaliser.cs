namespace LoopLynx.Accelerator;

/// <summary>
/// Normalises rows of the residual to int8: y = int8(round((n * gamma + beta * 2^(6+G)) / 2^(12+G))), n = (E * x - S1) / sqrt(W) in Q12.
/// </summary>
/// <remarks>One row a cycle; latency <see cref="Latency"/>.</remarks>
public sealed class Normaliser(NodeConfiguration configuration) : Module
{
    // Difference from the mean, two of division, gamma, beta, rounding, clip.
    private const int Levels = 7;

    /// <summary>Rows of the residual.</summary>
    public readonly StreamIn<ResidualRow> Rows = In(ResidualRow.Shape(configuration));

    /// <summary>S1; stable during a sweep, like the other statistics.</summary>
    public readonly Signal Total = Input(SInt(NormStatistics.SumBits(configuration)));

    /// <summary>Mantissa of 1 / sqrt(W).</summary>
    public readonly Signal Mantissa = Input(UInt(Formats.ReciprocalBits));

    /// <summary>k of W = m * 4^k.</summary>
    public readonly Signal Exponent = Input(UInt(NormStatistics.ExponentBits(configuration)));

    /// <summary>Fraction bits of gamma (G).</summary>
    public readonly Signal Fraction = Input(UInt(4));

    /// <summary>Row of gamma and beta wanted.</summary>
    public readonly Signal ParameterAddress = Output(UInt(Sizes.AddressBits(ResidualStore.RowCount(configuration))));

    /// <summary>Gamma of the row asked for two cycles before.</summary>
    public readonly Signal Gamma = Input(SInt(Formats.GainBits).Lanes(configuration.PacketLanes));

    /// <summary>Beta of the row asked for two cycles before.</summary>
    public readonly Signal Beta = Input(SInt(Formats.GainBits).Lanes(configuration.PacketLanes));

    /// <summary>int8 activations.</summary>
    public readonly StreamOut<ActivationWrite> Output = Out(ActivationWrite.Shape(configuration));

    /// <inheritdoc/>
    public override string Summary => "residual rows to normalised int8";

    /// <summary>Cycles from a row to its activations.</summary>
    public static int Latency => StreamPipelines.Latency(Levels);

    /// <summary>Bits of a normalised value: |n| is below 2 * sqrt(E) in Q12.</summary>
    private int NormalisedBits => Formats.NormalisedFraction + ((Sizes.CeilLog2(configuration.Embed) + 1) / 2) + 3;

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        ParameterAddress.Drive(Rows.Data.Index);
        Output.Drive(Rows.Pipeline(Levels, row =>
        {
            var centred = ((row.Values * c.Embed) - Held(Total)).Registered();
            var scaled = (centred << Formats.NormalisedFraction).RoundShift(Held(Exponent)).Truncate(NormalisedBits).Registered();
            var normal = (scaled * Held(Mantissa).ToSigned()).RoundShift(Formats.ReciprocalFraction).Truncate(NormalisedBits).Registered();
            var weighted = (normal * At(NormParameters.Latency, Gamma)).Registered();
            var offset = (At(NormParameters.Latency, Beta).Registered() << Formats.OffsetFraction)
                .ShiftLeft(Held(Fraction), Formats.GainBits + Formats.OffsetFraction + (1 << NormParameters.FractionBits) - 1).Registered();
            var sum = (weighted + offset).Registered();
            var rounded = sum.RoundShift((Fraction + Formats.NormalisedFraction).Truncate(5)).Registered();
            return new ActivationWrite(
                row.Index.Extend(Output.Data.Index.Width), rounded.Clip(c.Plan.Activation, c.Plan.ByteBits).Registered(name: "activation"));
        }));
    }
}
