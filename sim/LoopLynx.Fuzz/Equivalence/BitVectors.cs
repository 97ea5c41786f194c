using System.Globalization;
using System.Numerics;

namespace LoopLynx.Fuzz.Equivalence;

/// <summary>SMT-LIB terms over fixed-size bit vectors. A value with lanes is one vector, lane 0 in the low bits.</summary>
internal static class BitVectors
{
    public static string Sort(int bits) => $"(_ BitVec {bits})";

    public static string Constant(BigInteger value, int width) =>
        $"(_ bv{(value & ((BigInteger.One << width) - 1)).ToString(CultureInfo.InvariantCulture)} {width})";

    /// <summary>One lane; a scalar is broadcast.</summary>
    public static string Lane(string term, TextType type, int lane) =>
        type.Lanes == 1 ? term : Bits(term, lane * type.Width, type.Width);

    public static string Bits(string term, int low, int width) => $"((_ extract {low + width - 1} {low}) {term})";

    /// <summary>Joins lanes, the first in the low bits.</summary>
    public static string Join(IReadOnlyList<string> lanes) => lanes.Count == 1 ? lanes[0] : $"(concat {string.Join(' ', lanes.Reverse())})";

    /// <summary>An integer of one width as an integer of another, modulo 2^to.</summary>
    public static string Resize(string term, int from, bool signed, int to) =>
        to == from ? term : to < from ? Bits(term, 0, to) : $"((_ {(signed ? "sign" : "zero")}_extend {to - from}) {term})";

    public static string Bit(string condition) => $"(ite {condition} #b1 #b0)";

    public static string IsOne(string bit) => $"(= {bit} #b1)";

    public static string Choose(string condition, string whenTrue, string whenFalse) => $"(ite {condition} {whenTrue} {whenFalse})";
}
