namespace LoopLynx.Accelerator;

/// <summary>1 / x as a mantissa and an exponent: x = m * 2^Exponent with m in [1, 2), and Mantissa is 2^16 / m (Q16, in (0.5, 1]).</summary>
public sealed record ScaledReciprocal(Signal Mantissa, Signal Exponent);

/// <summary>
/// Reciprocal of an unsigned integer x &gt;= 1: normalise, 256-entry table, one Newton step.
/// </summary>
/// <remarks>Latency 6 cycles (5 registers and the output FIFO), initiation interval 1. Relative error below 2e-5.</remarks>
/// <param name="width">Bits of x.</param>
public sealed class ReciprocalUnit(int width) : Module
{
    /// <summary>x; 0 is not allowed.</summary>
    public readonly StreamIn<Signal> Input = In(UInt(width));

    /// <summary>Mantissa and exponent.</summary>
    public readonly StreamOut<ScaledReciprocal> Output = Out<ScaledReciprocal>([UInt(Formats.ReciprocalBits), UInt(Sizes.AddressBits(width))]);

    /// <inheritdoc/>
    public override string Summary => "reciprocal by table and one Newton step";

    /// <inheritdoc/>
    protected override void Build()
    {
        Assert(!Input.Valid | Input.Data != 0, "the reciprocal of 0 is not defined");
        Rom(out var table, UInt(Formats.ReciprocalBits), Tables.Reciprocal, MemoryStyle.Distributed);
        Output.Drive(Input.Pipeline(5, x =>
        {
            var exponent = x.HighestOne().Registered(name: "exponent");
            var mantissa = (x.Registered() << 16).ShiftRight(exponent).Truncate(17).Registered(name: "mantissa");
            var first = table.Read(mantissa.Slice(8, 8)).Registered(name: "first");
            var product = (mantissa.Registered() * first).RoundShift(16).Registered(name: "product");
            var correction = (Const(UInt(18), 2 << 16) - product).Truncate(18).AsUnsigned();
            var refined = (first.Registered() * correction).RoundShift(16).Truncate(Formats.ReciprocalBits).Registered(name: "refined");
            return new ScaledReciprocal(refined, exponent.Registered().Registered().Registered().Registered());
        }));
    }
}
