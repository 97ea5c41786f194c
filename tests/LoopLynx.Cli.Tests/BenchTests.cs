namespace LoopLynx.Cli.Tests;

/// <summary>The benchmark runs and compares states; speed itself is never asserted.</summary>
public sealed class BenchTests
{
    [Fact]
    public async Task Engines_end_in_equal_states()
    {
        var result = await CliResult.Run("bench", "--design", "control", "--runs", "1", "--json");
        Assert.Equal(0, result.ExitCode);
        var design = Assert.Single(result.Json.GetProperty("designs").EnumerateArray().ToArray());
        Assert.Equal("control", design.GetProperty("name").GetString());
        Assert.True(design.GetProperty("hashesEqual").GetBoolean());
        Assert.All(["compiledCyclesPerSecond", "verilatorCyclesPerSecond", "ratio", "compiledBuildSeconds", "verilatorBuildSeconds"],
            name => Assert.True(design.GetProperty(name).GetDouble() > 0));
    }

    [Fact]
    public async Task An_unknown_design_is_refused() =>
        (await CliResult.Run("bench", "--design", "gpu")).FailsWith("--design gpu is unknown; use mac-array, control, node");
}
