namespace LoopLynx.Host.Tests;

public class FixedTests
{
    private static NumericPlan Plan => NumericPlan.Int8;

    [Theory]
    [InlineData(5, 0, 5)]
    [InlineData(5, 1, 3)]
    [InlineData(-5, 1, -2)]
    [InlineData(-6, 2, -1)]
    [InlineData(6, 2, 2)]
    [InlineData(-7, 2, -2)]
    [InlineData(1, 63, 0)]
    [InlineData(-1, 63, 0)]
    public void RoundShiftRoundsTiesUp(long x, int shift, long expected) => Assert.Equal(expected, Fixed.RoundShift(x, shift));

    [Fact]
    public void Saturation()
    {
        Assert.Equal((-127, 127, -127), (Plan.Activation.Clip(-128), Plan.Activation.Clip(128), Plan.Activation.Clip(long.MinValue)));
        Assert.Equal((-32768, 32767), (Plan.PreActivation.Clip(-40000), Plan.PreActivation.Clip(40000)));
        Assert.Equal((-8388608, 8388607), (Plan.Residual.Clip(-9_000_000), Plan.Residual.Clip(9_000_000)));
        Assert.Equal((int.MinValue, int.MaxValue), (Plan.Logit.Clip(long.MinValue), Plan.Logit.Clip(long.MaxValue)));
    }

    [Theory]
    [InlineData(0.5 / 1024, 1)]
    [InlineData(-0.5 / 1024, -1)]
    [InlineData(0.49 / 1024, 0)]
    [InlineData(1e9, 8388607)]
    [InlineData(-1e9, -8388608)]
    public void EmbeddingsRoundTiesAwayFromZero(double value, int expected) => Assert.Equal(expected, Fixed.FromReal(value, 10, Plan.Residual));
}
