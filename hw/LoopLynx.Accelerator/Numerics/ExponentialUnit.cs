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
    // Product, shift, saturation, table, interpolation, shift by the whole part.
    private const int Levels = 6;

    /// <summary>Distances (max - score), scale, and which lanes count.</summary>
    public readonly StreamIn<ExponentialInput> Input = In(new ExponentialInput(
        Distance: UInt(distanceBits).Lanes(lanes), Multiplier: UInt(Formats.MultiplierBits), Shift: UInt(Formats.ShiftBits), Counts: Bit.Lanes(lanes)));

    /// <summary>Probabilities before division by their sum.</summary>
    public readonly StreamOut<Signal> Output = Out(UInt(Formats.ProbabilityBits).Lanes(lanes));

    /// <inheritdoc/>
    public override string Summary => "base-2 exponential of score distances";

    /// <summary>Cycles from distances to their probabilities.</summary>
    public static int Latency => StreamPipelines.Latency(Levels);

    /// <inheritdoc/>
    protected override void Build()
    {
        Rom(out var powers, UInt(16), Tables.PowerOfTwo, MemoryStyle.Distributed);
        Rom(out var falls, UInt(10), Tables.PowerOfTwoFall, MemoryStyle.Distributed);
        Output.Drive(Input.Pipeline(Levels, x =>
        {
            var product = (x.Distance * x.Multiplier).Registered();
            var scaled = product.RoundShift(x.Shift).Registered();
            var exponent = scaled.Saturate(Formats.ExponentBits).Registered();
            var whole = exponent.Slice(Formats.ExponentFraction, Formats.ExponentBits - Formats.ExponentFraction);
            var segment = exponent.Slice(4, 6);
            var power = Lookup(powers, segment).Registered();
            var fall = (Lookup(falls, segment) * exponent.Slice(0, 4)).RoundShift(4).Registered();
            var fraction = (power - fall).Truncate(16).AsUnsigned().Registered();
            var value = fraction.RoundShift(whole).Truncate(Formats.ProbabilityBits);
            return Mux(x.Counts, value, 0).Registered(name: "probability");
        }));
    }

    private Signal Lookup(Memory rom, Signal index) => SignalLanes.JoinLanes([.. Enumerable.Range(0, lanes).Select(i => rom.Read(index.Lane(i)))]);
}
