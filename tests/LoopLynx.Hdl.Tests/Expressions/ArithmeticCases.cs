using System.Numerics;
using static LoopLynx.Hdl.Tests.Expressions.OperatorCase;

namespace LoopLynx.Hdl.Tests.Expressions;

/// <summary>The arithmetic library: written-out narrowing, rounding, wrapping.</summary>
internal static class ArithmeticCases
{
    public static IReadOnlyList<OperatorCase> All { get; } = [.. Narrowing(), .. Rounding(), .. Wrapping(), .. Bits()];

    private static IEnumerable<OperatorCase> Narrowing()
    {
        foreach (var type in new[] { UInt(9), SInt(9) * 3, SInt(70) })
        {
            foreach (var width in new[] { 1, 4, type.Width - 1, type.Width, type.Width + 2 })
            {
                var result = type.WithWidth(width);
                yield return LaneWise($"Saturate{width}", [type], x => x[0].Saturate(width), result, v => BigInteger.Clamp(v[0], result.Min, result.Max));
            }

            yield return LaneWise("Clamp", [type], x => x[0].Clamp(3, 100), type, v => BigInteger.Clamp(v[0], 3, 100));
            yield return LaneWise("ClampAll", [type], x => x[0].Clamp(type.Min - 1, type.Max), type, v => v[0]);
        }
    }

    private static IEnumerable<OperatorCase> Rounding()
    {
        foreach (var type in new[] { UInt(8), SInt(8) * 3, SInt(66) })
        {
            var w = type.Width;
            foreach (var bits in new[] { 0, 1, 3, w - 1, w, w + 3 })
            {
                // The half has `bits` bits, one more when signed; the sum has one more than the wider operand; the shift drops `bits`.
                var half = bits + (type.Signed ? 1 : 0);
                var width = bits == 0 ? w : Math.Max(1, Math.Max(w, half) + 1 - bits);
                yield return LaneWise($"RoundShift{bits}", [type], x => x[0].RoundShift(bits), type.WithWidth(width), v => RoundHalfUp(v[0], bits));
            }

            yield return LaneWise("RoundShift", [type, UInt(4)], x => x[0].RoundShift(x[1]), type.WithWidth(w + 1), v => RoundHalfUp(v[0], (int)v[1]));
        }

        yield return LaneWise("RoundShiftLanes", [SInt(8), UInt(4) * 3], x => x[0].RoundShift(x[1]), SInt(9) * 3, v => RoundHalfUp(v[0], (int)v[1]));
    }

    private static IEnumerable<OperatorCase> Wrapping()
    {
        foreach (var type in new[] { UInt(5), SInt(5) * 2 })
        {
            HdlType[] inputs = [type, type.WithWidth(7)];
            yield return LaneWise("WrapAdd", inputs, x => x[0].WrapAdd(x[1]), type, v => type.Wrap(v[0] + v[1]));
            yield return LaneWise("WrapSub", inputs, x => x[0].WrapSub(x[1]), type, v => type.Wrap(v[0] - v[1]));
            yield return LaneWise("WrapAdd1", [type], x => x[0].WrapAdd(1), type, v => type.Wrap(v[0] + 1));
            yield return LaneWise("WrapSub1", [type], x => x[0].WrapSub(1), type, v => type.Wrap(v[0] - 1));
        }
    }

    private static IEnumerable<OperatorCase> Bits() =>
        new[] { UInt(1) * 2, UInt(8) * 2, UInt(9), UInt(64) }.Select(type =>
            LaneWise("HighestOne", [type], x => x[0].HighestOne(), new HdlType(Sizes.AddressBits(type.Width), false, type.Lanes), v => Math.Max(0, (int)v[0].GetBitLength() - 1)));

    private static BigInteger RoundHalfUp(BigInteger value, int bits) => ((value << 1) + (BigInteger.One << bits)) >> (bits + 1);
}
