namespace LoopLynx.Hdl;

/// <summary>Precision of a reciprocal unit: a table gives about <c>TableBits</c> bits, one Newton step doubles them.</summary>
/// <param name="Fraction">Fraction bits F of the mantissa.</param>
/// <param name="TableBits">Address bits of the table; at most <paramref name="Fraction"/>, and even bits make the best use of a square root's table.</param>
public sealed record ReciprocalFormat(int Fraction = 16, int TableBits = 8)
{
    /// <summary>Bits of a mantissa: 1.0 is among its values.</summary>
    public int MantissaBits => Fraction + 1;
}
