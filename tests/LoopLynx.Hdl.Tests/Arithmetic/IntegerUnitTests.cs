using System.Numerics;
using LoopLynx.Hdl.Tests.Expressions;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Arithmetic;

/// <summary>Requantisation, division, products and fixed-point resizes against big integers.</summary>
public class IntegerUnitTests(ArithmeticEngines engines) : IClassFixture<ArithmeticEngines>
{
    private const int Cases = 400;

    [Theory, EveryEngine]
    public void Requantisation_rounds_once_and_clips(EngineKind kind)
    {
        var random = new Random(1);
        var cases = Enumerable.Range(0, Cases).Select(i => (Values: Values(SInt(20), 2, random), Multipliers: Values(UInt(9), 2, random), Shift: i % 32,
            Low: random.Next(-128, 1), High: random.Next(0, 128))).ToList();
        var bench = engines.Bench(kind);
        bench.Feed("RequantiseIn", cases.Select(c => new Beat([c.Values, c.Multipliers, [c.Shift], [c.Low], [c.High]])), stallPercent: 20);
        bench.Collect("RequantiseOut", cases.Select(c => Beat.OfLanes(c.Values.Zip(c.Multipliers, (v, m) => BigInteger.Clamp(Rounded(v * m, c.Shift), c.Low, c.High)))), stallPercent: 30);
        bench.RunToEnd();
    }

    [Theory, EveryEngine]
    public void Division_is_exact(EngineKind kind)
    {
        var random = new Random(2);
        var unsigned = Operands(UInt(13), UInt(7), random);
        var signed = Operands(SInt(9), SInt(12), random);
        var bench = engines.Bench(kind);
        bench.Feed("UnsignedIn", unsigned.Select(d => Beat.Of(d.Dividend, d.Divisor)), stallPercent: 10);
        bench.Collect("UnsignedOut", unsigned.Select(d => Divided(d.Dividend, d.Divisor, 13, 7)), stallPercent: 30);
        bench.Feed("SignedIn", signed.Select(d => Beat.Of(d.Dividend, d.Divisor)), stallPercent: 10);
        bench.Collect("SignedOut", signed.Select(d => Divided(d.Dividend, d.Divisor, 9, 12)), stallPercent: 30);
        bench.RunToEnd();
    }

    [Fact]
    public void A_division_takes_a_cycle_a_bit_and_two()
    {
        var bench = engines.Bench(EngineKind.Interpreted);
        bench.Feed("UnsignedIn", Enumerable.Repeat(Beat.Of(1000, 3), 10));
        bench.Collect("UnsignedOut", Enumerable.Repeat(Beat.Of(333, 1), 10));
        Assert.Equal(10 * 15, bench.RunToEnd());
    }

    [Theory, EveryEngine]
    public void Pipelined_products_are_exact_with_any_number_of_levels(EngineKind kind)
    {
        var random = new Random(3);
        var cases = Enumerable.Range(0, Cases).Select(_ => (A: Values(SInt(27), 3, random), B: Values(SInt(18), 1, random)[0])).ToList();
        var bench = engines.Bench(kind);
        bench.Feed("ProductIn", cases.Select(c => new Beat([c.A, [c.B]])), stallPercent: 10);
        for (var levels = 1; levels <= 4; levels++)
        {
            bench.Collect($"ProductOut{levels}", cases.Select(c => Beat.OfLanes(c.A.Select(a => a * c.B))), stallPercent: 10);
        }

        bench.RunToEnd();
    }

    [Theory, EveryEngine]
    public void Wide_products_are_exact_for_every_mixture_of_widths_and_signs(EngineKind kind)
    {
        var random = new Random(5);
        var bench = engines.Bench(kind);
        foreach (var ((a, b), i) in ArithmeticBoard.WideFactors.Select((f, i) => (f, i)))
        {
            var cases = Enumerable.Range(0, Cases).Select(_ => (A: Values(a.WithLanes(1), a.Lanes, random), B: Values(b.WithLanes(1), b.Lanes, random))).ToList();
            bench.Feed($"WideProductIn{i}", cases.Select(c => new Beat([c.A, c.B])), stallPercent: 10);
            bench.Collect($"WideProductOut{i}", cases.Select(c => Beat.OfLanes(c.A.Select((v, lane) => v * c.B[lane % c.B.Length]))), stallPercent: 10);
        }

        bench.RunToEnd();
    }

    [Theory]
    [InlineData(27, true, 18, true, 3)]
    [InlineData(28, true, 18, true, 4)]
    [InlineData(26, false, 17, false, 3)]
    [InlineData(18, true, 27, true, 3)]
    [InlineData(33, true, 17, false, 4)]
    [InlineData(34, true, 34, true, 5)]
    [InlineData(70, false, 52, false, 7)]
    public void A_wide_product_takes_its_tiles_registers_and_a_level_for_each_doubling(int a, bool aSigned, int b, bool bSigned, int latency) =>
        Assert.Equal(latency, WideMultiplier.Latency(new HdlType(a, aSigned), new HdlType(b, bSigned)));

    [Theory, EveryEngine]
    public void A_pipelined_rounding_shift_rounds_half_up(EngineKind kind)
    {
        var random = new Random(6);
        var cases = Enumerable.Range(0, Cases).Select(_ => (Values: Values(SInt(37), 3, random), Amounts: Values(UInt(6), 3, random))).ToList();
        var bench = engines.Bench(kind);
        bench.Feed("ShiftIn", cases.Select(c => new Beat([c.Values, c.Amounts])), stallPercent: 10);
        bench.Collect("ShiftOut", cases.Select(c => Beat.OfLanes(c.Values.Select((v, i) => Rounded(v, (int)c.Amounts[i])))), stallPercent: 10);
        bench.RunToEnd();
    }

    [Theory, EveryEngine]
    public void A_fixed_point_value_is_rounded_and_clipped_in_one_call(EngineKind kind)
    {
        var random = new Random(4);
        var cases = Enumerable.Range(0, Cases).Select(_ => Values(SInt(16), 4, random)).ToList();
        var bench = engines.Bench(kind);
        bench.Feed("FixedIn", cases.Select(c => Beat.OfLanes(c)));
        bench.Collect("NarrowOut", cases.Select(c => Beat.OfLanes(c.Select(v => BigInteger.Clamp(Rounded(v, 4), -128, 127)))));
        bench.Collect("WideOut", cases.Select(c => Beat.OfLanes(c.Select(v => v * 8))));
        bench.RunToEnd();
    }

    private static List<(BigInteger Dividend, BigInteger Divisor)> Operands(HdlType dividend, HdlType divisor, Random random) =>
    [
        .. new[] { dividend.Min, -1, 0, 1, dividend.Max }.Where(dividend.Holds).SelectMany(a => new[] { divisor.Min, -1, 0, 1, divisor.Max }.Where(divisor.Holds).Select(b => (a, b))),
        .. Enumerable.Range(0, 100).Select(_ => (RandomValue.Of(dividend, random), RandomValue.Of(divisor, random))),
    ];

    private static Beat Divided(BigInteger dividend, BigInteger divisor, int dividendBits, int divisorBits) => divisor.IsZero
        ? Beat.Of(((BigInteger.One << dividendBits) - 1) * (dividend.Sign < 0 ? -1 : 1), BigInteger.Remainder(dividend, BigInteger.One << divisorBits))
        : Beat.Of(BigInteger.Divide(dividend, divisor), BigInteger.Remainder(dividend, divisor));

    // Floor of the sum with a half: BigInteger's shift rounds towards minus infinity.
    private static BigInteger Rounded(BigInteger value, int shift) => shift == 0 ? value : (value + (BigInteger.One << (shift - 1))) >> shift;

    private static BigInteger[] Values(HdlType type, int lanes, Random random) => [.. Enumerable.Range(0, lanes).Select(_ => RandomValue.Of(type, random))];
}
