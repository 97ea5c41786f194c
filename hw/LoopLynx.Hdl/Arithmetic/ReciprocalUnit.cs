using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>
/// Reciprocal of an unsigned integer x &gt;= 1 as mantissa and exponent: normalise, table, one Newton step.
/// </summary>
/// <remarks>
/// Latency <see cref="Latency"/> cycles, initiation interval 1.
/// With the default format the mantissa is at most 1.2 units of 2^-16 off (measured); docs/language.md has other formats.
/// </remarks>
/// <param name="width">Bits of x.</param>
/// <param name="format">Precision; null: 16 fraction bits, a table of 256 entries.</param>
public sealed class ReciprocalUnit(int width, ReciprocalFormat? format = null) : Module
{
    /// <summary>Cycles from x to its reciprocal.</summary>
    public static int Latency(ReciprocalFormat? format = null) => StreamPipelines.Latency(Reciprocals.ReciprocalLevels(format ?? new ReciprocalFormat()));

    private readonly ReciprocalFormat _format = format ?? new ReciprocalFormat();

    /// <summary>x; 0 is not allowed.</summary>
    public readonly StreamIn<Signal> Input = In(UInt(width));

    /// <summary>Mantissa and exponent.</summary>
    public readonly StreamOut<ScaledReciprocal> Output = Out(new ScaledReciprocal(Mantissa: UInt((format ?? new ReciprocalFormat()).MantissaBits), Exponent: UInt(Sizes.AddressBits(width))));

    /// <inheritdoc/>
    public override string Summary => "reciprocal by table and one Newton step";

    /// <inheritdoc/>
    protected override void Build()
    {
        Assert(!Input.Valid | Input.Data != 0, "the reciprocal of 0 is not defined");
        var table = Reciprocals.ReciprocalTable(_format);
        Output.Drive(Input.Pipeline(Reciprocals.ReciprocalLevels(_format), x => Reciprocals.Reciprocal(x, table, _format)));
    }
}
