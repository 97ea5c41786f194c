using System.Numerics;

namespace LoopLynx.Hdl.Tests.Expressions;

/// <summary>Operations that move, join, select and combine lanes.</summary>
internal static class LaneCases
{
    private static readonly HdlType Six = SInt(7) * 6;

    public static IReadOnlyList<OperatorCase> All { get; } =
    [
        One("Lane", x => x.Lane(4), SInt(7), v => [v[4]]),
        One("LaneSlice", x => x.LaneSlice(2, 3), SInt(7) * 3, v => v[2..5]),
        One("LaneMap", x => x.LaneMap([5, 0, 0, 3]), SInt(7) * 4, v => [v[5], v[0], v[0], v[3]]),
        One("Rotate", x => x.RotateLanes(2), Six, v => [v[2], v[3], v[4], v[5], v[0], v[1]]),
        One("RotateBack", x => x.RotateLanes(-1), Six, v => [v[5], v[0], v[1], v[2], v[3], v[4]]),
        One("Tile", x => x.LaneSlice(0, 2).Tile(3), Six, v => [v[0], v[1], v[0], v[1], v[0], v[1]]),
        One("RepeatLanes", x => x.LaneSlice(0, 2).RepeatLanes(3), Six, v => [v[0], v[0], v[0], v[1], v[1], v[1]]),
        One("Broadcast", x => x.Lane(1).Broadcast(3), SInt(7) * 3, v => [v[1], v[1], v[1]]),
        One("SumLanes", x => x.SumLanes(), SInt(10), v => [Sum(v)]),
        One("SumLanes2", x => x.SumLanes(2), SInt(8) * 3, v => [v[0] + v[1], v[2] + v[3], v[4] + v[5]]),
        One("SumLanes3", x => x.SumLanes(3), SInt(9) * 2, v => [Sum(v[..3]), Sum(v[3..])]),
        One("SumLanes1", x => x.SumLanes(1), Six, v => v),
        One("MaxLanes", x => x.MaxLanes(), SInt(7), v => [v.Max()]),
        One("MaxLanes2", x => x.MaxLanes(2), SInt(7) * 3, v => [.. v.Chunk(2).Select(c => c.Max())]),
        One("MinLanes3", x => x.MinLanes(3), SInt(7) * 2, v => [.. v.Chunk(3).Select(c => c.Min())]),
        One("AnyLane", x => x.AnyLane(), SInt(7), v => [v.Aggregate((a, b) => a | b)]),
        One("AllLanes", x => x.AllLanes(), SInt(7), v => [v.Aggregate((a, b) => a & b)]),
        One("XorLanes", x => x.XorLanes(), SInt(7), v => [v.Aggregate((a, b) => a ^ b)]),
        One("AsBits", x => x.AsBits(), UInt(42), v => [Packed(v)]),
        One("AsLanes", x => x.AsLanes(UInt(14) * 3), UInt(14) * 3, v => [.. Enumerable.Range(0, 3).Select(i => (Packed(v) >> (14 * i)) & 0x3fff)]),
        One("AsLanesSigned", x => x.AsLanes(SInt(3) * 14), SInt(3) * 14, v => [.. Enumerable.Range(0, 14).Select(i => SInt(3).Wrap(Packed(v) >> (3 * i)))]),
        One("BitOfLanes", x => x[6], UInt(1) * 6, v => [.. v.Select(lane => lane.Sign < 0 ? BigInteger.One : BigInteger.Zero)]),
        new("JoinLanes", [Six, SInt(7)], x => SignalLanes.JoinLanes(x[1], x[0], x[1]), SInt(7) * 8, v => [v[1][0], .. v[0], v[1][0]]),
        new("SelectLane", [Six, UInt(3)], x => x[0].SelectLanes(x[1], 1), SInt(7), v => [v[0][(int)BigInteger.Min(v[1][0], 5)]]),
        new("SelectLanes2", [Six, UInt(3)], x => x[0].SelectLanes(x[1], 2), SInt(7) * 2, v => v[0][((int)BigInteger.Min(v[1][0], 2) * 2)..][..2]),
        new("SelectAll", [Six, UInt(3)], x => x[0].SelectLanes(x[1], 6), Six, v => v[0]),
    ];

    private static OperatorCase One(string name, Func<Signal, Signal> build, HdlType result, Func<BigInteger[], BigInteger[]> reference) =>
        new(name, [Six], x => build(x[0]), result, v => reference(v[0]));

    private static BigInteger Sum(IEnumerable<BigInteger> values) => values.Aggregate(BigInteger.Add);

    private static BigInteger Packed(BigInteger[] lanes) => lanes.Reverse().Aggregate(BigInteger.Zero, (bits, lane) => (bits << 7) | (lane & 127));
}
