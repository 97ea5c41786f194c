namespace LoopLynx.Host.Tests;

public class IntegerAttentionTests
{
    private static readonly Multiplier one = Multiplier.FromReal(1);
    private static readonly Multiplier twelveBits = Multiplier.FromReal(1.0 / 4096);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1024)]
    public void EqualScoresAverage(int positions)
    {
        var scores = new int[positions];
        Array.Fill(scores, -123);
        long sum = IntegerAttention.Exponentials(scores, one);
        Assert.Equal(65535L * positions, sum);
        Assert.All(scores, e => Assert.Equal(65535, e));

        short[] values = [.. Enumerable.Range(0, positions).SelectMany(j => new short[] { 127, -127, (short)(j % 2 == 0 ? 127 : -127) })];
        var weighted = new long[3];
        IntegerAttention.WeightedValues(scores, values, weighted, NumericPlan.Int8);
        Assert.Equal([sum * 127, -sum * 127, positions % 2 * 65535L * 127], weighted);
        (int mantissa, int exponent) = Reciprocal.Compute(sum);
        Assert.Equal(127, IntegerAttention.Normalise(weighted[0], mantissa, exponent, twelveBits));
        Assert.Equal(-127, IntegerAttention.Normalise(weighted[1], mantissa, exponent, twelveBits));
    }

    [Fact]
    public void FarScoresUnderflowToZeroAndTheLargestRemains()
    {
        int[] scores = [-2_000_000_000 / 1000, 0, -40 * 1024, -1024];
        Assert.Equal(65535 + 32768, IntegerAttention.Exponentials(scores, one));
        Assert.Equal([0, 65535, 0, 32768], scores);
    }

    [Fact]
    public void ScoresAreInnerProducts()
    {
        short[] query = [1, -2, 127], keys = [1, 1, 1, -127, 127, -127];
        var scores = new int[2];
        IntegerAttention.Scores(query, keys, scores);
        Assert.Equal([126, -127 - 254 - 127 * 127], scores);
    }

    [Fact]
    public void PaperProbabilitiesSumToAboutOne()
    {
        int[] scores = [0, -1024, -2048, -2048];
        (int mantissa, int exponent) = Reciprocal.Compute(IntegerAttention.Exponentials(scores, one));
        Assert.Equal([63, 32, 16, 16], scores.Select(e => IntegerAttention.Probability(e, mantissa, exponent)));
        (mantissa, exponent) = Reciprocal.Compute(65535);
        Assert.Equal(127, IntegerAttention.Probability(65535, mantissa, exponent));
    }

    [Fact]
    public void WideHeadsMatchPlainSums()
    {
        var random = new Random(2);
        const int d = 40, positions = 700;
        int[] weights = [.. Enumerable.Range(0, positions).Select(_ => random.Next(65536))];
        short[] values = [.. Enumerable.Range(0, positions * d).Select(_ => (short)random.Next(-127, 128))];
        var sums = new long[d];
        IntegerAttention.WeightedValues(weights, values, sums, NumericPlan.Int8);
        Assert.Equal(Enumerable.Range(0, d).Select(c => Enumerable.Range(0, positions).Sum(j => (long)weights[j] * values[j * d + c])), sums);
    }
}
