using System.Numerics;
using static LoopLynx.Hdl.Tests.Expressions.OperatorCase;

namespace LoopLynx.Hdl.Tests.Expressions;

/// <summary>The operators of <see cref="Signal"/>: sums, products, comparisons, bits, shifts, selection, literals.</summary>
internal static class OperatorCases
{
    private static readonly (int Width, int Lanes)[][] Shapes =
    [
        [(5, 1), (8, 1)],
        [(8, 1), (5, 1)],
        [(7, 4), (7, 4)],
        [(9, 3), (4, 1)],
        [(4, 1), (9, 3)],
        [(1, 1), (1, 1)],
        [(33, 2), (40, 2)],
        [(70, 1), (65, 1)],
    ];

    public static IReadOnlyList<OperatorCase> All { get; } = [.. Binary(), .. Unary(), .. Shifts(), .. Selection(), .. LiteralOperands()];

    public static HdlType Of(int width, bool signed, int lanes = 1) => new(width, signed, lanes);

    private static IEnumerable<OperatorCase> Binary()
    {
        foreach (var signed in new[] { false, true })
        {
            foreach (var shape in Shapes)
            {
                var (wide, both, lanes) = (Math.Max(shape[0].Width, shape[1].Width), shape[0].Width + shape[1].Width, Math.Max(shape[0].Lanes, shape[1].Lanes));
                HdlType[] inputs = [.. shape.Select(s => Of(s.Width, signed, s.Lanes))];
                yield return LaneWise("+", inputs, x => x[0] + x[1], Of(wide + 1, signed, lanes), v => v[0] + v[1]);
                yield return LaneWise("-", inputs, x => x[0] - x[1], Of(wide + 1, true, lanes), v => v[0] - v[1]);
                yield return LaneWise("*", inputs, x => x[0] * x[1], Of(both, signed, lanes), v => v[0] * v[1]);
                yield return LaneWise("&", inputs, x => x[0] & x[1], Of(wide, signed, lanes), v => v[0] & v[1]);
                yield return LaneWise("|", inputs, x => x[0] | x[1], Of(wide, signed, lanes), v => v[0] | v[1]);
                yield return LaneWise("^", inputs, x => x[0] ^ x[1], Of(wide, signed, lanes), v => v[0] ^ v[1]);
                yield return LaneWise("==", inputs, x => x[0] == x[1], Of(1, false, lanes), v => Bit(v[0] == v[1]));
                yield return LaneWise("!=", inputs, x => x[0] != x[1], Of(1, false, lanes), v => Bit(v[0] != v[1]));
                yield return LaneWise("<", inputs, x => x[0] < x[1], Of(1, false, lanes), v => Bit(v[0] < v[1]));
                yield return LaneWise("<=", inputs, x => x[0] <= x[1], Of(1, false, lanes), v => Bit(v[0] <= v[1]));
                yield return LaneWise(">", inputs, x => x[0] > x[1], Of(1, false, lanes), v => Bit(v[0] > v[1]));
                yield return LaneWise(">=", inputs, x => x[0] >= x[1], Of(1, false, lanes), v => Bit(v[0] >= v[1]));
            }
        }
    }

    private static IEnumerable<OperatorCase> Unary()
    {
        foreach (var type in new[] { Of(1, false), Of(6, false), Of(6, true), Of(8, true, 3), Of(64, false), Of(65, true) })
        {
            var (width, lanes) = (type.Width, type.Lanes);
            BigInteger Bits(BigInteger v) => v & ((BigInteger.One << width) - 1);
            yield return LaneWise("neg", [type], x => -x[0], Of(width + 1, true, lanes), v => -v[0]);
            yield return LaneWise("~", [type], x => ~x[0], type, v => type.Wrap(-v[0] - 1));
            yield return LaneWise("!", [type], x => !x[0], type, v => type.Wrap(-v[0] - 1));
            yield return LaneWise("Msb", [type], x => x[0].Msb, Of(1, false, lanes), v => Bits(v[0]) >> (width - 1));
            yield return LaneWise("[0]", [type], x => x[0][0], Of(1, false, lanes), v => v[0] & 1);
            yield return LaneWise("AsSigned", [type], x => x[0].AsSigned(), type with { Signed = true }, v => (type with { Signed = true }).Wrap(v[0]));
            yield return LaneWise("AsUnsigned", [type], x => x[0].AsUnsigned(), type with { Signed = false }, v => Bits(v[0]));
            yield return LaneWise("ToSigned", [type], x => x[0].ToSigned(), Of(width + (type.Signed ? 0 : 1), true, lanes), v => v[0]);
            yield return LaneWise("Extend", [type], x => x[0].Extend(width + 3), type.WithWidth(width + 3), v => v[0]);
            yield return LaneWise("Truncate", [type], x => x[0].Truncate((width + 1) / 2), type.WithWidth((width + 1) / 2), v => type.WithWidth((width + 1) / 2).Wrap(v[0]));
            if (width > 4)
            {
                yield return LaneWise("Slice", [type], x => x[0].Slice(2, 3), Of(3, false, lanes), v => (Bits(v[0]) >> 2) & 7);
            }
        }
    }

    private static IEnumerable<OperatorCase> Shifts()
    {
        foreach (var type in new[] { Of(9, false), Of(9, true, 2), Of(64, true), Of(80, false) })
        {
            var (width, lanes) = (type.Width, type.Lanes);
            foreach (var bits in new[] { 0, 1, 4, width - 1, width, width + 2 })
            {
                yield return LaneWise($"<<{bits}", [type], x => x[0] << bits, type.WithWidth(width + bits), v => v[0] << bits);
                yield return LaneWise($">>{bits}", [type], x => x[0] >> bits, type.WithWidth(Math.Max(1, width - bits)), v => v[0] >> bits);
            }

            yield return LaneWise("ShiftRight", [type, Of(5, false)], x => x[0].ShiftRight(x[1]), type, v => v[0] >> (int)v[1]);
            yield return LaneWise("ShiftRightLanes", [Of(9, true), Of(4, false, 3)], x => x[0].ShiftRight(x[1]), Of(9, true, 3), v => v[0] >> (int)v[1]);
            yield return LaneWise("ShiftLeft", [type, Of(4, false)], x => x[0].ShiftLeft(x[1], 12), type.WithWidth(12), v => type.WithWidth(12).Wrap(v[0] << (int)v[1]));
        }
    }

    private static IEnumerable<OperatorCase> Selection()
    {
        yield return LaneWise("Mux", [Of(1, false), Of(5, false), Of(8, false)], x => Mux(x[0], x[1], x[2]), Of(8, false), v => v[0].IsOne ? v[1] : v[2]);
        yield return LaneWise("MuxBroadcast", [Of(1, false), Of(5, true, 3), Of(8, true)], x => Mux(x[0], x[1], x[2]), Of(8, true, 3), v => v[0].IsOne ? v[1] : v[2]);
        yield return LaneWise("MuxLanes", [Of(1, false, 4), Of(5, true, 4), Of(5, true)], x => Mux(x[0], x[1], x[2]), Of(5, true, 4), v => v[0].IsOne ? v[1] : v[2]);
        yield return LaneWise("MuxScalars", [Of(1, false, 4), Of(5, true), Of(7, true)], x => Mux(x[0], x[1], x[2]), Of(7, true, 4), v => v[0].IsOne ? v[1] : v[2]);
        yield return LaneWise("Cat", [Of(3, false), Of(4, true), Of(1, false)], x => Cat(x[0], x[1], x[2]), Of(8, false), v => (v[0] << 5) | ((v[1] & 15) << 1) | v[2]);
    }

    private static IEnumerable<OperatorCase> LiteralOperands()
    {
        var (u, s) = (Of(8, false), Of(8, true, 2));
        yield return LaneWise("u+3", [u], x => x[0] + 3, Of(9, false), v => v[0] + 3);
        yield return LaneWise("u+300", [u], x => x[0] + 300, Of(10, false), v => v[0] + 300);
        yield return LaneWise("u-1", [u], x => x[0] - 1, Of(9, true), v => v[0] - 1);
        yield return LaneWise("1-u", [u], x => 1 - x[0], Of(9, true), v => 1 - v[0]);
        yield return LaneWise("u==enum", [u], x => x[0] == DayOfWeek.Friday, Of(1, false), v => v[0] == 5 ? 1 : 0);
        yield return LaneWise("s+enum", [s], x => x[0] + DayOfWeek.Friday, Of(9, true, 2), v => v[0] + 5);
        yield return LaneWise("u==300", [u], x => x[0] == 300, Of(1, false), _ => 0);
        yield return LaneWise("u&true", [u], x => x[0] & true, Of(8, false), v => v[0] & 1);
        yield return LaneWise("s+3", [s], x => x[0] + 3, Of(9, true, 2), v => v[0] + 3);
        yield return LaneWise("s*-2", [s], x => x[0] * -2, Of(10, true, 2), v => v[0] * -2);
        yield return LaneWise("s<-5", [s], x => x[0] < -5, Of(1, false, 2), v => Bit(v[0] < -5));
        yield return LaneWise("Mux(1,-1)", [Of(1, false)], x => Mux(x[0], 1, -1), Of(2, true), v => v[0].IsOne ? 1 : -1);
        yield return LaneWise("Mux(5,u)", [Of(1, false), u], x => Mux(x[0], 5, x[1]), Of(8, false), v => v[0].IsOne ? 5 : v[1]);
        yield return LaneWise("Const", [u], x => x[0] + Const(UInt(4), 9), Of(9, false), v => v[0] + 9);
        yield return new("ConstLanes", [u], x => x[0] + Const(SIntOf(3), 1, -2, 3).AsUnsigned(), Of(9, false, 3), o => [o[0][0] + 1, o[0][0] + 14, o[0][0] + 3]);
    }

    private static HdlType SIntOf(int lanes) => SInt(4) * lanes;

    private static BigInteger Bit(bool value) => value ? BigInteger.One : BigInteger.Zero;
}
