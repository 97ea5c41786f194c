using System.Globalization;
using System.Numerics;
using LoopLynx.Hdl;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>The C# type in which one lane is computed: int, uint, long or ulong.</summary>
internal readonly record struct ScalarType(int Bits, bool Signed)
{
    public static ScalarType Of(HdlType type) => new(type.Width <= 32 ? 32 : 64, type.Signed);

    public string Name => (Bits, Signed) switch
    {
        (32, true) => "int",
        (32, false) => "uint",
        (_, true) => "long",
        _ => "ulong",
    };

    public ScalarType Unsigned => this with { Signed = false };

    public string Literal(BigInteger value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture) + ((Bits, Signed) switch
        {
            (32, true) => "",
            (32, false) => "u",
            (_, true) => "L",
            _ => "ul",
        });
        return value.Sign < 0 ? $"({text})" : text;
    }

    /// <summary>The text of an expression of type <paramref name="from"/> as this type; signed ones are sign-extended.</summary>
    public string Convert(string expression, ScalarType from) => from == this ? expression : $"({Name})({expression})";

    /// <summary>Reduces an expression of this type, which is right modulo 2^Bits, to what <paramref name="type"/> holds.</summary>
    /// <param name="min">Smallest exact value.</param>
    /// <param name="max">Largest exact value.</param>
    public string Wrap(string expression, HdlType type, BigInteger min, BigInteger max)
    {
        if (type.Holds(min) && type.Holds(max))
        {
            return expression;
        }

        var shift = Bits - type.Width;
        if (shift == 0)
        {
            return expression;
        }

        return type.Signed ? $"(({expression}) << {shift} >> {shift})" : $"(({expression}) & {Literal((BigInteger.One << type.Width) - 1)})";
    }

    /// <summary>C# name of the memory element of one lane of at most 64 bits.</summary>
    public static string Element(HdlType type) => Element(LaneStorage.ElementBytes(type.Width), type.Signed);

    /// <summary>C# name of a memory element.</summary>
    public static string Element(int bytes, bool signed) => (bytes, signed) switch
    {
        (1, true) => "sbyte",
        (1, false) => "byte",
        (2, true) => "short",
        (2, false) => "ushort",
        (4, true) => "int",
        (4, false) => "uint",
        (_, true) => "long",
        _ => "ulong",
    };
}
