using System.Numerics;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Arithmetic;

/// <summary>Reciprocals against exact integers: how far off, in units of the mantissa's last place, as docs/language.md says.</summary>
public class ReciprocalTests(ArithmeticEngines engines) : IClassFixture<ArithmeticEngines>
{
    private const int Scale = 1000;

    /// <summary>Largest errors in thousandths of a unit in the last place, by format: measured over all mantissas, or a dense set of them for 24 bits.</summary>
    private static readonly int[] ReciprocalErrors = [1104, 1015, 4075];
    private static readonly int[] RootErrors = [1715, 1409, 23688];

    [Theory, EveryEngine]
    public void Reciprocals_are_as_exact_as_promised(EngineKind kind)
    {
        var errors = new List<int>();
        for (var i = 0; i < ArithmeticBoard.Formats.Length; i++)
        {
            var f = ArithmeticBoard.Formats[i].Fraction;
            var error = Worst(kind, $"Reciprocal", i, Operands(f, 1), (x, mantissa, exponent) =>
            {
                Assert.Equal((int)x.GetBitLength() - 1, exponent);
                return (mantissa * Scale) - ((BigInteger.One << (f + exponent)) * Scale / x);
            });
            errors.Add(error);
        }

        Assert.Equal(ReciprocalErrors, errors);
    }

    [Theory, EveryEngine]
    public void Reciprocal_square_roots_are_as_exact_as_promised(EngineKind kind)
    {
        var errors = new List<int>();
        for (var i = 0; i < ArithmeticBoard.Formats.Length; i++)
        {
            var f = ArithmeticBoard.Formats[i].Fraction;
            var error = Worst(kind, $"Root", i, Operands(f, 2), (x, mantissa, exponent) =>
            {
                Assert.Equal(((int)x.GetBitLength() - 1) / 2, exponent);
                return (mantissa * Scale) - Root((BigInteger.One << (2 * (f + exponent))) * Scale * Scale / x);
            });
            errors.Add(error);
        }

        Assert.Equal(RootErrors, errors);
    }

    [Theory]
    [InlineData(16, 8)]
    [InlineData(30, 4)]
    public void Tables_are_the_nearest_integers(int fraction, int tableBits)
    {
        var format = new ReciprocalFormat(fraction, tableBits);
        Assert.Equal(1 << tableBits, ReciprocalTables.Reciprocal(format).Count);
        Assert.All(ReciprocalTables.Reciprocal(format).Index(), e => Assert.Equal(Math.ScaleB(1, fraction) / (1 + ((e.Index + 0.5) / (1 << tableBits))), (double)e.Item, 0.5001));
        Assert.All(ReciprocalTables.SquareRoot(format).Index().Skip(1 << (tableBits - 2)),
            e => Assert.Equal(Math.ScaleB(1, fraction) / Math.Sqrt((e.Index + 0.5) / (1 << (tableBits - 2))), (double)e.Item, 0.5001));
    }

    /// <summary>Every mantissa of the small formats, with the ends of every octave; a step of 24 bits' mantissas that is no power of two.</summary>
    private static List<BigInteger> Operands(int fraction, int extra)
    {
        var step = fraction <= 12 ? 1 : fraction <= 16 ? 7 : 7919;
        var (from, to) = (1 << fraction, (1 << (fraction + extra)) - 1);
        List<BigInteger> operands = [1, 2, 3, from - 1, from + 1, to];
        for (var x = from; x <= to; x += step)
        {
            operands.Add(x);
        }

        return [.. operands, .. Enumerable.Range(2, fraction - 2).SelectMany(b => new BigInteger[] { (1 << b) - 1, 1 << b, (1 << b) + 1 })];
    }

    private int Worst(EngineKind kind, string unit, int format, List<BigInteger> operands, Func<BigInteger, BigInteger, int, BigInteger> error)
    {
        var bench = engines.Bench(kind);
        bench.Feed($"{unit}In{format}", Beat.Each(operands));
        var sink = bench.Collect($"{unit}Out{format}", count: operands.Count);
        bench.RunToEnd();
        return (int)sink.Beats.Zip(operands, (beat, x) => BigInteger.Abs(error(x, beat[0][0], (int)beat[1][0]))).Max();
    }

    private static BigInteger Root(BigInteger value)
    {
        var root = (BigInteger)Math.Sqrt((double)value);
        for (; root * root > value; root--)
        {
        }

        for (; (root + 1) * (root + 1) <= value; root++)
        {
        }

        return root;
    }
}
