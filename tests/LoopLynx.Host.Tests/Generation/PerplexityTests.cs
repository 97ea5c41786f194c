namespace LoopLynx.Host.Tests;

public class PerplexityTests(ShakespeareFixture fixture)
{
    [Theory]
    [InlineData(2)]
    [InlineData(40)]
    [InlineData(257)]
    [InlineData(258)]
    [InlineData(600)]
    public void EveryTokenButTheFirstIsPredictedOnce(int length)
    {
        int[] ids = [.. fixture.Model.Tokenizer.Encode(File.ReadAllText(Repository.Sonnets)).Take(length)];
        double loss = 0;
        for (int start = 0; start < length - 1; start += 256)
        {
            int count = Math.Min(256, length - 1 - start);
            float[] logits = new Float32Model(fixture.Model.Checkpoint).ForwardAll(ids.AsSpan(start, count));
            for (int t = 0; t < count; t++)
            {
                double[] row = [.. logits.Skip(t * 512).Take(512).Select(v => (double)v)];
                loss += Math.Log(row.Sum(Math.Exp)) - row[ids[start + t + 1]];
            }
        }
        Assert.Equal(Math.Exp(loss / (length - 1)), Perplexity.Float32(fixture.Model.Checkpoint, ids), 3);
    }

    [Fact]
    public void ComparingGivesTheSameNumbersAsEachAlone()
    {
        int[] ids = [.. fixture.Model.Tokenizer.Encode(File.ReadAllText(Repository.Sonnets)).Take(300)];
        QualityResult both = Perplexity.Compare(fixture.Model.Checkpoint, fixture.Model.Quantized, ids);
        Assert.Equal(Perplexity.Float32(fixture.Model.Checkpoint, ids), both.Float32);
        Assert.Equal(Perplexity.Integer(fixture.Model.Quantized, ids), both.Integer);
        Assert.Equal(299, both.Tokens);
    }

    [Fact]
    public void NeedsTwoTokens() => Expect.Error("the text has 1 token(s); perplexity needs at least 2: give a longer text",
        () => Perplexity.Float32(fixture.Model.Checkpoint, [1]));
}
