namespace LoopLynx.Accelerator;

/// <summary>
/// Normalises rows of the residual to int8: y = int8(round((n * gamma + beta * 2^(6+G)) / 2^(12+G))), n = (E * x - S1) / sqrt(W) in Q12.
/// </summary>
/// <remarks>One row a cycle; latency <see cref="Latency"/>.</remarks>
public sealed class Normaliser(NodeConfiguration configuration) : Module
{
    // The row's own level.
    private const int RowLevels = 1;

    // The difference from the mean, and at the end the sum with the offset.
    private const int SumLevels = 2;

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

    /// <summary>Gamma of the row asked for <see cref="NormParameters.Latency"/> before.</summary>
    public readonly Signal Gamma = Input(SInt(Formats.GainBits).Lanes(configuration.PacketLanes));

    /// <summary>Beta of the row asked for <see cref="NormParameters.Latency"/> before.</summary>
    public readonly Signal Beta = Input(SInt(Formats.GainBits).Lanes(configuration.PacketLanes));

    /// <summary>int8 activations.</summary>
    public readonly StreamOut<ActivationWrite> Output = Out(ActivationWrite.Shape(configuration));

    /// <inheritdoc/>
    public override string Summary => "residual rows to normalised int8";

    /// <summary>Cycles from a row to its activations.</summary>
    public static int Latency(NodeConfiguration c) => StreamPipelines.Latency(Levels(c));

    /// <summary>Difference from the mean; division by shift and product; gamma, beta, rounding, clip.</summary>
    private static int Levels(NodeConfiguration c) => RowLevels + FixedPoint.ScaleLevels(c.Embed) + SumLevels
        + FixedPoint.RoundShiftLevels + WideProducts.WideLatency(SInt(NormalisedBits(c)), UInt(Formats.ReciprocalBits)) + FixedPoint.RoundLevels
        + WideProducts.WideLatency(SInt(NormalisedBits(c)), SInt(Formats.GainBits)) + FixedPoint.RoundShiftLevels + Formats.ClipLevels;

    /// <summary>Bits of a normalised value: |n| is below 2 * sqrt(E) in Q12.</summary>
    private static int NormalisedBits(NodeConfiguration c) => Formats.NormalisedFraction + ((Sizes.CeilLog2(c.Embed) + 1) / 2) + 3;

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var bits = NormalisedBits(c);

        // What all rows are shifted by, once for each lane: a shift loads every bit of its amount often.
        var exponents = EachLane(Exponent, "exponent");
        var fractions = EachLane(Fraction, "fraction");
        var amounts = EachLane((Fraction + Formats.NormalisedFraction).Truncate(5).Registered(name: "amount"), "amount");
        Output.Drive(Rows.Pipeline(Levels(c), row =>
        {
            Let(out var index, row.Index.Registered(name: "rowIndex"));
            ParameterAddress.Drive(index);
            var centred = (row.Values.Registered(name: "values").ScaledBy(c.Embed) - Held(Total)).Registered(name: "centred");
            var scaled = (centred << Formats.NormalisedFraction).RoundShiftPipelined(Held(exponents)).Truncate(bits);
            var normal = scaled.MultiplyWide(Held(Mantissa), "normal").RoundShiftPipelined(Formats.ReciprocalFraction).Truncate(bits);
            var weighted = normal.MultiplyWide(At(RowLevels + NormParameters.Latency, Gamma), "weighted");
            var offset = (At(RowLevels + NormParameters.Latency, Beta) << Formats.OffsetFraction)
                .ShiftLeft(Held(fractions), Formats.GainBits + Formats.OffsetFraction + (1 << NormParameters.FractionBits) - 1).Registered(name: "offset");
            var sum = (weighted + offset).Registered(name: "sum");
            var rounded = sum.RoundShiftPipelined(Held(amounts));
            return new ActivationWrite(index.Extend(Output.Data.Index.Width), rounded.ClipPipelined(c.Plan.Activation, c.Plan.ByteBits));
        }));
    }

    private Signal EachLane(Signal value, string name) => SignalLanes.JoinLanes(value.Copies(configuration.PacketLanes, name: name));
}
