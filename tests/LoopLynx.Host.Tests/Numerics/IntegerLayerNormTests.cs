using System.Numerics;

namespace LoopLynx.Host.Tests;

public class IntegerLayerNormTests
{
    private const int Max24 = 8_388_607;

    [Theory]
    [InlineData(128, 1024, 0)]
    [InlineData(768, 50_000, 300_000)]
    [InlineData(1024, 3_000_000, 0)]
    [InlineData(128, 3, 8_000_000)]
    public void NormalisesLikeRealNumbers(int length, int spread, int mean)
    {
        var random = new Random(length + spread);
        int[] x = [.. Enumerable.Range(0, length).Select(_ => (int)NumericPlan.Int8.Residual.Clip(mean + random.Next(-spread, spread + 1)))];
        ulong epsilon = IntegerLayerNorm.Epsilon(1e-5, 10, length);
        IntegerLayerNorm.Statistics statistics = IntegerLayerNorm.Measure(x, epsilon);

        // Real arithmetic on exact sums, so that this side does not cancel either.
        BigInteger sum = x.Aggregate(BigInteger.Zero, (a, v) => a + v), squares = x.Aggregate(BigInteger.Zero, (a, v) => a + (BigInteger)v * v);
        double deviation = Math.Sqrt((double)(length * squares - sum * sum + epsilon));
        foreach (int value in x)
        {
            double exact = (double)((BigInteger)length * value - sum) / deviation;
            Assert.InRange(IntegerLayerNorm.Normalise(value, length, statistics) / 4096.0 - exact, -4e-4, 4e-4);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-8388608)]
    [InlineData(8388607)]
    public void ZeroVarianceGivesBeta(int value)
    {
        int[] x = [.. Enumerable.Repeat(value, 128)];
        var norm = new QuantizedNorm([.. Enumerable.Repeat((short)32767, 128)], [.. Enumerable.Repeat((short)(-20 * 64), 128)], 0, 1);
        var y = new int[128];
        Assert.Equal(0, IntegerLayerNorm.Apply(x, norm, y, NumericPlan.Int8.Activation));
        Assert.All(y, output => Assert.Equal(-20, output));
    }

    [Fact]
    public void TheLargestVarianceFits()
    {
        int[] x = [.. Enumerable.Range(0, 1024).Select(i => i % 2 == 0 ? -Max24 - 1 : Max24)];
        IntegerLayerNorm.Statistics statistics = IntegerLayerNorm.Measure(x, 1);
        Assert.Equal(32, statistics.Exponent);
        Assert.InRange(IntegerLayerNorm.Normalise(Max24, 1024, statistics), 4095, 4097);
    }

    [Fact]
    public void OneLoudChannelReachesTheRootOfTheLength()
    {
        var x = new int[1024];
        x[7] = Max24;
        IntegerLayerNorm.Statistics statistics = IntegerLayerNorm.Measure(x, 1);
        Assert.InRange(IntegerLayerNorm.Normalise(Max24, 1024, statistics) / 4096.0, 31.97, 32.0);
    }

    [Fact]
    public void CountsSaturations()
    {
        int[] x = [.. Enumerable.Range(0, 64).Select(i => i % 2 == 0 ? -1000 : 1000)];
        var norm = new QuantizedNorm([.. Enumerable.Repeat((short)200, 64)], new short[64], 0, 1);
        var y = new int[64];
        Assert.Equal(64, IntegerLayerNorm.Apply(x, norm, y, NumericPlan.Int8.Activation));
        Assert.Equal((-127, 127), (y[0], y[1]));
    }

    [Theory]
    [InlineData(1e-5, 10, 1024, 10_995_116UL)]
    [InlineData(1e-5, 0, 128, 1UL)]
    public void EpsilonIsAtLeastOne(double epsilon, int fractionBits, int length, ulong expected) =>
        Assert.Equal(expected, IntegerLayerNorm.Epsilon(epsilon, fractionBits, length));

    [Fact]
    public void BetaIsInSixthBitsWhateverTheGain() => Assert.Equal(
        Enumerable.Repeat(10L, 16), Enumerable.Range(0, 16).Select(bits => IntegerLayerNorm.Affine(0, 100, 10 * 64, bits)));
}
