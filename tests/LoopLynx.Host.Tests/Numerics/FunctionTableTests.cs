namespace LoopLynx.Host.Tests;

/// <summary>The tables against the functions that they stand for.</summary>
public class FunctionTableTests
{
    [Fact]
    public void ReciprocalSquareRootOfEveryMantissa()
    {
        double worst = 0;
        for (int m = 1 << 16; m < 1 << 18; m++)
        {
            int r = ReciprocalSquareRoot.Compute(m);
            Assert.InRange(r, 32768, 65535);
            worst = Math.Max(worst, Math.Abs(r / 65536.0 * Math.Sqrt(m / 65536.0) - 1));
        }
        Assert.InRange(worst, 0, 4.7e-5);
        Assert.Equal(0, ReciprocalSquareRoot.Table[63]);
        Assert.Equal(65281, ReciprocalSquareRoot.Table[64]);
    }

    [Theory]
    [InlineData(1L << 16)]
    [InlineData(1L << 24)]
    public void ReciprocalOfEveryMantissa(long scale)
    {
        double worst = 0;
        for (long m = 1 << 16; m < 1 << 17; m++)
        {
            long sum = m * (scale >> 16);
            (int mantissa, int exponent) = Reciprocal.Compute(sum);
            Assert.InRange(mantissa, 32768, 65536);
            worst = Math.Max(worst, Math.Abs(Math.ScaleB(mantissa, -16 - exponent) * sum - 1));
        }
        Assert.InRange(worst, 0, 2.3e-5);
    }

    [Fact]
    public void ReciprocalOfTheSmallestSum()
    {
        (int mantissa, int exponent) = Reciprocal.Compute(65535);
        Assert.Equal(15, exponent);
        Assert.InRange(Math.ScaleB(mantissa, -16 - exponent) * 65535, 1 - 5e-5, 1 + 5e-5);
    }

    [Fact]
    public void PowerOfTwoOfEveryExponent()
    {
        for (int u = 0; u <= PowerOfTwo.MaxExponent; u++)
            Assert.InRange(PowerOfTwo.Compute(u) - 65535 * Math.Pow(2, -u / 1024.0), -1.7, 1.7);
        Assert.Equal(65535, PowerOfTwo.Compute(0));
        Assert.Equal(0, PowerOfTwo.Compute(PowerOfTwo.MaxExponent));
    }

    [Fact]
    public void ExponentsUnderflowToTheLargest()
    {
        Assert.Equal(0, PowerOfTwo.Exponent(0, new Multiplier(131071, 0)));
        Assert.Equal(PowerOfTwo.MaxExponent, PowerOfTwo.Exponent(1 << 22, new Multiplier(131071, 0)));
        Assert.Equal(3, PowerOfTwo.Exponent(5, new Multiplier(65536, 17)));
    }

    [Fact]
    public void GeluOfEveryInput()
    {
        const double inputScale = 8.0 / 32768, outputScale = 8.0 / 127;
        GeluTable table = GeluTable.Create(inputScale, outputScale, NumericPlan.Int8);
        for (int h = -32768; h <= 32767; h++)
        {
            double x = h * inputScale, exact = 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
            Assert.InRange(table.Apply(h, NumericPlan.Int8) - exact / outputScale, -0.53, 0.53);
        }
    }

    [Fact]
    public void GeluSaturatesItsConstantsAndItsOutput()
    {
        GeluTable steep = GeluTable.Create(1, 1e-3, NumericPlan.Int8);
        Assert.Equal(short.MaxValue, steep.Bases[200]);
        Assert.Equal(short.MaxValue, steep.Slopes[128]);
        Assert.Equal(127, steep.Apply(short.MaxValue, NumericPlan.Int8));
        Assert.Equal(0, steep.Apply(short.MinValue, NumericPlan.Int8));
    }
}
