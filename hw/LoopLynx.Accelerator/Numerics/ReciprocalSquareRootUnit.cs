namespace LoopLynx.Accelerator;

/// <summary>
/// 1 / sqrt(x) of an unsigned integer x &gt;= 1: x = m * 4^Exponent with m in [1, 4), and Mantissa is 2^16 / sqrt(m) (Q16, in (0.5, 1]).
/// </summary>
/// <remarks>Latency 7 cycles (6 registers and the output FIFO), initiation interval 1. Normalise, 256-entry table, one Newton step; relative error below 2e-5.</remarks>
/// <param name="width">Bits of x.</param>
public sealed class ReciprocalSquareRootUnit(int width) : Module
{
    /// <summary>x; 0 is not allowed.</summary>
    public readonly StreamIn<Signal> Input = In(UInt(width));

    /// <summary>Mantissa and exponent.</summary>
    public readonly StreamOut<ScaledReciprocal> Output = Out<ScaledReciprocal>([UInt(Formats.ReciprocalBits), UInt(Sizes.AddressBits((width + 1) / 2))]);

    /// <inheritdoc/>
    public override string Summary => "reciprocal square root by table and one Newton step";

    /// <inheritdoc/>
    protected override void Build()
    {
        Assert(!Input.Valid | Input.Data != 0, "the reciprocal square root of 0 is not defined");
        Rom(out var table, UInt(Formats.ReciprocalBits), Tables.ReciprocalSquareRoot, MemoryStyle.Distributed);
        Output.Drive(Input.Pipeline(6, x =>
        {
            var exponent = (x.HighestOne() >> 1).Registered(name: "exponent");
            var mantissa = (x.Registered() << 16).ShiftRight(Cat(exponent, 0)).Truncate(18).Registered(name: "mantissa");
            var first = table.Read(mantissa.Slice(10, 8)).Registered(name: "first");
            var square = ((first * first) >> 16).Truncate(17).Registered(name: "square");
            var product = (mantissa.Registered().Registered() * square).RoundShift(16).Registered(name: "product");
            var correction = (Const(UInt(18), 3 << 16) - product).Truncate(19).AsUnsigned();
            var refined = (first.Registered().Registered() * correction).RoundShift(17).Truncate(Formats.ReciprocalBits).Registered(name: "refined");
            return new ScaledReciprocal(refined, Enumerable.Range(0, 5).Aggregate(exponent, (e, _) => e.Registered()));
        }));
    }
}
