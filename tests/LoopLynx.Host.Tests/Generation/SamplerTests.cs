namespace LoopLynx.Host.Tests;

public class SamplerTests
{
    private static readonly float[] logits = [0, 2, 1, 2, -1];

    [Fact]
    public void GreedyTakesTheFirstOfTheLargest()
    {
        Assert.Equal(1, new Sampler().Next(logits));
        Assert.Equal(1, new Sampler().Next([int.MinValue, int.MaxValue, int.MaxValue]));
    }

    [Fact]
    public void TheSameSeedGivesTheSameChoices()
    {
        Assert.Equal(Draw(new Sampler(5, 1), 50), Draw(new Sampler(5, 1), 50));
        Assert.NotEqual(Draw(new Sampler(5, 1), 50), Draw(new Sampler(6, 1), 50));
    }

    [Fact]
    public void FrequenciesFollowTheSoftmax()
    {
        int[] draws = Draw(new Sampler(1, temperature: 0.8), 40_000);
        double[] weights = [.. logits.Select(l => Math.Exp(l / 0.8))];
        for (int i = 0; i < logits.Length; i++)
            Assert.InRange(draws.Count(d => d == i) / 40_000.0 - weights[i] / weights.Sum(), -0.01, 0.01);
    }

    [Theory]
    [InlineData(1, new[] { 1 })]
    [InlineData(2, new[] { 1, 3 })]
    [InlineData(3, new[] { 1, 2, 3 })]
    [InlineData(9, new[] { 0, 1, 2, 3, 4 })]
    public void TopKLeavesTheKLargest(int k, int[] expected) => Assert.Equal(expected, Draw(new Sampler(2, 1, k), 2000).Distinct().Order());

    [Fact]
    public void IntegerLogitsCountInSixteenthBits()
    {
        int[] integers = [.. logits.Select(l => (int)(l * 65536))];
        var sampler = new Sampler(5, 1);
        Assert.Equal(Draw(new Sampler(5, 1), 50), Enumerable.Range(0, 50).Select(_ => sampler.Next(integers)));
    }

    [Fact]
    public void RefusesBadSettings()
    {
        Expect.Error("the temperature is -1; it must be zero (greedy) or a positive number", () => new Sampler(0, -1));
        Expect.Error("the temperature is NaN; it must be zero (greedy) or a positive number", () => new Sampler(0, double.NaN));
        Expect.Error("top-k is -2; it must be zero (all tokens) or a positive number", () => new Sampler(0, 1, -2));
    }

    [Fact]
    public void SplitMixIsThePublishedGenerator()
    {
        // The first outputs for the seed 1234567, as every published implementation gives them.
        Assert.Equal([6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL], Enumerable.Range(0, 3).Select(i => SplitMix64.At(1234567, (ulong)i)));
    }

    private static int[] Draw(Sampler sampler, int count) => [.. Enumerable.Range(0, count).Select(_ => sampler.Next(logits))];
}
