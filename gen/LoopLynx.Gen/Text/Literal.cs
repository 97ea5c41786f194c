using System.Collections.Immutable;
using System.Numerics;
using LoopLynx.Gen.Expressions;
using LoopLynx.Hdl;

namespace LoopLynx.Gen.Text;

/// <summary>Sized literals.</summary>
internal static class Literal
{
    /// <summary>Numbers below this are easier to read in decimal.</summary>
    private const int DecimalLimit = 10_000;

    /// <summary>Elements of a concatenation that fit on a line.</summary>
    private const int PerLine = 8;

    /// <summary>A scalar. The value is wrapped to the width.</summary>
    public static Expr Of(BigInteger value, int width, bool signed)
    {
        value = new HdlType(width, signed).Wrap(value);
        if (!signed)
        {
            return new(width == 1 ? $"1'b{value}" : Digits(value, width, ""), Signed: false);
        }

        // The most negative number has no positive counterpart of its width: its bits are written instead.
        if (value == new HdlType(width, true).Min)
        {
            return new($"{width}'sh{Hex(BigInteger.One << (width - 1))}", Signed: true);
        }

        return value.Sign < 0
            ? new("-" + Digits(-value, width, "s"), Signed: true, Operator: Expr.Unary)
            : new(Digits(value, width, "s"), Signed: true);
    }

    /// <summary>Zero bits to pad with.</summary>
    public static string Zero(int width) => Of(0, width, signed: false).Text;

    /// <summary>All lanes as one vector, lane 0 least significant.</summary>
    public static Expr Packed(HdlType type, ImmutableArray<BigInteger> values)
    {
        if (type.Lanes == 1)
        {
            return Of(values[0], type.Width, type.Signed);
        }

        if (values.All(v => v.IsZero))
        {
            return new($"{type.Bits}'d0", Signed: false);
        }

        if (values.AsSpan().IndexOfAnyExcept(values[0]) < 0)
        {
            return new($"{{{type.Lanes}{{{Of(values[0], type.Width, type.Signed).Text}}}}}", Signed: false);
        }

        return Concatenation([.. values.Reverse().Select(v => Of(v, type.Width, type.Signed).Text)]);
    }

    /// <summary><c>{a, b, c}</c>, over several lines where it is long.</summary>
    public static Expr Concatenation(IReadOnlyList<string> parts)
    {
        if (parts.Count <= PerLine && parts.Sum(p => p.Length + 2) <= 100)
        {
            return new($"{{{string.Join(", ", parts)}}}", Signed: false);
        }

        var lines = parts.Chunk(PerLine).Select(c => "    " + string.Join(", ", c));
        return new("{\n" + string.Join(",\n", lines) + "\n}", Signed: false);
    }

    private static string Digits(BigInteger value, int width, string sign) =>
        value < DecimalLimit ? $"{width}'{sign}d{value}" : $"{width}'{sign}h{Hex(value)}";

    private static string Hex(BigInteger value)
    {
        var digits = value.ToString("x", null).TrimStart('0');
        return digits.Length == 0 ? "0" : digits;
    }
}
