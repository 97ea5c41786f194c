using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>
/// 1 / sqrt(x) of an unsigned integer x &gt;= 1 as mantissa and exponent: normalise, table, one Newton step.
/// </summary>
/// <remarks>
/// Latency <see cref="Latency"/> cycles, initiation interval 1.
/// With the default format the mantissa is at most 1.8 units of 2^-16 off (measured); docs/language.md has other formats.
/// </remarks>
/// <param name="width">Bits of x.</param>
/// <param name="format">Precision; null: 16 fraction bits, a table of 256 entries.</param>
public sealed class ReciprocalSquareRootUnit(int width, ReciprocalFormat? format = null) : Module
{
    /// <summary>Cycles from x to its reciprocal square root.</summary>
    public static int Latency(ReciprocalFormat? format = null) => StreamPipelines.Latency(Reciprocals.SquareRootLevels(format ?? new ReciprocalFormat()));

    private readonly ReciprocalFormat _format = format ?? new ReciprocalFormat();

    /// <summary>x; 0 is not allowed.</summary>
    public readonly StreamIn<Signal> Input = In(UInt(width));

    /// <summary>Mantissa and exponent.</summary>
    public readonly StreamOut<ScaledReciprocal> Output = Out(new ScaledReciprocal(Mantissa: UInt((format ?? new ReciprocalFormat()).MantissaBits), Exponent: UInt(Sizes.AddressBits((width + 1) / 2))));

    /// <inheritdoc/>
    public override string Summary => "reciprocal square root by table and one Newton step";

    /// <inheritdoc/>
    protected override void Build()
    {
        Assert(!Input.Valid | Input.Data != 0, "the reciprocal square root of 0 is not defined");
        var table = Reciprocals.SquareRootTable(_format);
        Output.Drive(Input.Pipeline(Reciprocals.SquareRootLevels(_format), x => Reciprocals.ReciprocalSquareRoot(x, table, _format)));
    }
}
