namespace LoopLynx.Cli.Tests;

/// <summary>Perplexity of the integers beside float32.</summary>
public sealed class QualityTests
{
    [Fact]
    public async Task Integers_cost_at_most_half_a_percent()
    {
        var result = await CliResult.Run("quality", "--json");
        Assert.Equal(0, result.ExitCode);
        var json = result.Json;
        var (float32, integer) = (json.GetProperty("perplexityFloat32").GetDouble(), json.GetProperty("perplexityInteger").GetDouble());
        Assert.InRange(integer / float32, 0.98, 1.005);
        Assert.InRange(json.GetProperty("top1Agreement").GetDouble(), 0.9, 1);
        Assert.InRange(json.GetProperty("tokens").GetInt32(), 1000, 10000);
    }

    [Fact]
    public async Task The_papers_softmax_is_measurably_worse()
    {
        var precise = (await CliResult.Run("quality", "--json")).Json.GetProperty("perplexityInteger").GetDouble();
        var paper = (await CliResult.Run("quality", "--json", "--softmax", "paper")).Json.GetProperty("perplexityInteger").GetDouble();
        Assert.True(paper > precise);
    }
}
