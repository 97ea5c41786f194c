using System.Numerics;

namespace LoopLynx.Hdl;

/// <summary>The type of a signal: <paramref name="Lanes"/> integers of <paramref name="Width"/> bits each.</summary>
/// <param name="Width">Bits per lane, at least 1.</param>
/// <param name="Signed">Whether a lane is two's complement.</param>
/// <param name="Lanes">Number of lanes, at least 1; a scalar has one lane.</param>
public readonly record struct HdlType(int Width, bool Signed, int Lanes = 1)
{
    /// <summary>Total bits of all lanes; lane 0 is the least significant when packed.</summary>
    public int Bits => Width * Lanes;

    /// <summary>Whether this is a single bit that can serve as a condition.</summary>
    public bool IsBit => Width == 1 && !Signed && Lanes == 1;

    /// <summary>The smallest value of one lane.</summary>
    public BigInteger Min => Signed ? -(BigInteger.One << (Width - 1)) : BigInteger.Zero;

    /// <summary>The largest value of one lane.</summary>
    public BigInteger Max => (BigInteger.One << (Signed ? Width - 1 : Width)) - 1;

    /// <summary>The same element type with another number of lanes: <c>SInt(8) * 32</c> reads as 32 lanes of int8.</summary>
    public static HdlType operator *(HdlType element, int lanes) => element.WithLanes(lanes);

    /// <summary>The same element with <paramref name="lanes"/> lanes.</summary>
    public HdlType WithLanes(int lanes) => lanes >= 1
        ? this with { Lanes = lanes }
        : throw new HdlException("HDL0001", $"a signal has at least one lane, not {lanes}", "leave out what has no lanes");

    /// <summary>The same lanes with another width.</summary>
    public HdlType WithWidth(int width) => this with { Width = width };

    /// <summary>Reduces an exact integer to what one lane of this type holds (two's complement wrap).</summary>
    public BigInteger Wrap(BigInteger value)
    {
        var modulus = BigInteger.One << Width;
        var low = value & (modulus - 1);
        return Signed && !(low >> (Width - 1)).IsZero ? low - modulus : low;
    }

    /// <summary>Whether one lane can hold <paramref name="value"/>.</summary>
    public bool Holds(BigInteger value) => value >= Min && value <= Max;

    /// <inheritdoc/>
    public override string ToString() =>
        (Signed ? $"SInt({Width})" : Width == 1 ? "Bit" : $"UInt({Width})") + (Lanes == 1 ? "" : $".Lanes({Lanes})");
}
