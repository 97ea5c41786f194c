using LoopLynx.Accelerator;

namespace LoopLynx.Cli.Tests;

/// <summary>One full token with synthetic weights and a synthetic cache.</summary>
public sealed class LatencyTests
{
    [Theory]
    [InlineData("shakespeare", 0)]
    [InlineData("shakespeare", 255)]
    [InlineData("gpt2-345m", 639)]
    public async Task The_hidden_state_equals_the_golden_model(string shape, int position)
    {
        var result = await CliResult.Run("latency", "--shape", shape, "--position", $"{position}", "--json");
        Assert.Equal(0, result.ExitCode);
        var json = result.Json;
        Assert.True(json.GetProperty("matchesGolden").GetBoolean());
        var cycles = json.GetProperty("cycles").GetInt64();
        var shown = json.GetProperty("stages").EnumerateArray().Sum(s => s.GetProperty("cycles").GetInt64());
        Assert.Equal(cycles, shown + StageControl.StartLatency + LoopLynxNode.ShownLatency);
        Assert.Equal(cycles, json.GetProperty("modelCycles").GetInt64());
        Assert.Equal(cycles / 285e6 * 1000, json.GetProperty("ms").GetDouble(), 9);
        Assert.InRange(json.GetProperty("roofline").GetDouble(), 0.5, 1.0);
    }

    [Fact]
    public async Task The_full_size_token_is_within_four_percent_of_the_roofline()
    {
        var json = (await CliResult.Run("latency", "--shape", "gpt2-345m", "--position", "639", "--json")).Json;
        Assert.True(json.GetProperty("roofline").GetDouble() >= 0.96);
        Assert.True(json.GetProperty("ms").GetDouble() <= 4.75);
        Assert.Equal(1302528, json.GetProperty("rooflineCycles").GetInt64());
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1024")]
    public async Task A_position_outside_the_context(string position) =>
        (await CliResult.Run("latency", "--position", position)).FailsWith($"--position {position} is outside the context of 1024: use 0 to 1023");
}
