using System.Text.Json;

namespace LoopLynx.Host.Tests;

public class QualityTests(ShakespeareFixture fixture, ITestOutputHelper output)
{
    private const double ReferencePerplexity = 19.352;

    [Fact]
    public void PerplexityOnTheValidationTextIsTheReferencesAndIntegersLoseLittle()
    {
        string text = File.ReadAllText(Repository.Shared("models", "shakespeare-gpt2", "valid.txt"));
        using JsonDocument reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.ShakespeareModel, "reference.json")));
        int scored = reference.RootElement.GetProperty("valid_tokens_scored").GetInt32();
        int[] ids = fixture.Model.Tokenizer.Encode(text);

        QualityResult result = Perplexity.Compare(fixture.Model.Checkpoint, fixture.Model.Quantized, ids[..(scored + 1)]);

        output.WriteLine($"{ids.Length} tokens, {result}");
        Assert.Equal(scored, result.Tokens);
        Assert.InRange(result.Float32, ReferencePerplexity * 0.999, ReferencePerplexity * 1.001);
        Assert.InRange(result.Integer, 0, result.Float32 * 1.005);
        Assert.InRange(result.Top1Agreement, 0.95, 1);
    }

    [Fact]
    public void TheShippedTextShowsThePriceOfThePapersSoftmax()
    {
        int[] ids = fixture.Model.Tokenizer.Encode(File.ReadAllText(Repository.Sonnets));
        QualityResult precise = Perplexity.Compare(fixture.Model.Checkpoint, fixture.Model.Quantized, ids);
        QualityResult paper = Perplexity.Compare(fixture.Model.Checkpoint, fixture.Model.Quantized, ids, SoftmaxMode.Paper);
        output.WriteLine($"precise {precise}, paper {paper}");
        Assert.InRange(precise.Integer, 0, precise.Float32 * 1.005);
        Assert.InRange(paper.Integer, precise.Integer, precise.Integer * 1.02);
        Assert.True(paper.Top1Agreement < precise.Top1Agreement);
    }
}
