namespace LoopLynx.Contract;

/// <summary>A format of integers.</summary>
/// <param name="Bits">Bits of a value, sign included; 2 to 32.</param>
/// <param name="Symmetric">Whether the smallest two's complement value never occurs.</param>
/// <param name="Signed">Whether values can be negative.</param>
/// <param name="Source">Where the scale comes from.</param>
/// <param name="Scope">Which values share a scale.</param>
public sealed record NumericFormat(
    int Bits, bool Symmetric = false, bool Signed = true, ScaleSource Source = ScaleSource.Constant, ScaleScope Scope = ScaleScope.Vector)
{
    /// <summary>Largest value.</summary>
    public long Max => Signed ? (1L << (Bits - 1)) - 1 : (1L << Bits) - 1;

    /// <summary>Smallest value.</summary>
    public long Min => !Signed ? 0 : Symmetric ? -Max : -Max - 1;

    /// <summary>Clips to the format.</summary>
    public long Clip(long value) => Math.Clamp(value, Min, Max);

    /// <summary>Short text: <c>s8</c> symmetric, <c>i16</c> two's complement, <c>u16</c> unsigned.</summary>
    public override string ToString() => $"{(!Signed ? 'u' : Symmetric ? 's' : 'i')}{Bits}";
}
