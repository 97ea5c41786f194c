namespace LoopLynx.Host.Tests;

public class MultiplierTests
{
    [Theory]
    [InlineData(1.0, 1 << 16, 16)]
    [InlineData(1.99999999, 1 << 16, 15)]
    [InlineData(0.75, 3 << 15, 17)]
    [InlineData(65536.0, 65536, 0)]
    [InlineData(131071.0, 131071, 0)]
    [InlineData(131071.9, 131071, 0)]
    [InlineData(0.0, 0, 0)]
    public void TakesTheLargestValueThatFits(double factor, int value, int shift) => Assert.Equal(new Multiplier(value, shift), Multiplier.FromReal(factor));

    [Fact]
    public void AFactorThatNeedsMoreThanSixBitsOfShiftIsZero()
    {
        Assert.Equal(new Multiplier(65536, 63), Multiplier.FromReal(Math.ScaleB(1, -47)));
        Assert.Equal(default, Multiplier.FromReal(Math.ScaleB(1.5, -48)));
    }

    [Fact]
    public void IsNormalisedAndWithinHalfAStep()
    {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++)
        {
            double factor = Math.Pow(2, random.NextDouble() * 63 - 46.5);
            Multiplier m = Multiplier.FromReal(factor);
            Assert.InRange(m.Value, 1 << 16, (1 << 17) - 1);
            Assert.InRange(m.Shift, 0, 63);
            Assert.InRange(m.Real / factor, 1 - 1.0 / (1 << 17), 1 + 1.0 / (1 << 17));
            Assert.Equal(m, Multiplier.FromPacked(m.Packed));
        }
    }

    [Fact]
    public void PackingPutsTheShiftAboveSeventeenBits() => Assert.Equal(0x7FFFFFu, new Multiplier((1 << 17) - 1, 63).Packed);

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        const string rest = " does not fit the hardware's multiplier (0 .. 131071); the checkpoint's weights are out of range";
        Expect.Error("a rescaling factor of 1.311E+05" + rest, () => Multiplier.FromReal(131072));
        Expect.Error("a rescaling factor of -1" + rest, () => Multiplier.FromReal(-1));
        Expect.Error("a rescaling factor of NaN" + rest, () => Multiplier.FromReal(double.NaN));
    }

    [Fact]
    public void RequantiseAddsTheBiasFirstAndSaturates()
    {
        var half = new Multiplier(1 << 16, 17);
        Assert.Equal(3, Requantised(Plan.Activation, 4, 1, half));
        Assert.Equal(-2, Requantised(Plan.Activation, -4, -1, half));
        Assert.Equal(-127, Requantised(Plan.Activation, -1000, 0, half));
        Assert.Equal(-32768, Requantised(Plan.PreActivation, -100_000, 0, half));
        Assert.Equal(8_388_607, Requantised(Plan.Residual, int.MaxValue, 0, half));
        Assert.Equal(int.MaxValue, Requantised(Plan.Logit, int.MaxValue, 1 << 30, new Multiplier(1 << 16, 0)));
        Assert.Equal(0, Requantised(Plan.Activation, int.MaxValue, 0, default));
    }

    private static NumericPlan Plan => NumericPlan.Int8;

    private static long Requantised(NumericFormat format, int accumulator, int bias, Multiplier multiplier) => format.Clip(Requantise.Scale(accumulator, bias, multiplier));
}
