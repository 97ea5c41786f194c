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
        Assert.All(["compiledCyclesPerSecond", "verilatorCyclesPerSecond", "ratio", "compiledBuildSeconds", "verilatorBuildSeconds", "editToFirstCycleSeconds", "editToCompiledSeconds", "editRatio"],
            name => Assert.True(design.GetProperty(name).GetDouble() > 0));
    }

    [Fact]
    public async Task Verilated_models_of_more_threads_race_beside_the_single_threaded_one()
    {
        var result = await CliResult.Run("bench", "--design", "control", "--runs", "1", "--threads", "2", "--json");
        Assert.Equal(0, result.ExitCode);
        var design = Assert.Single(result.Json.GetProperty("designs").EnumerateArray().ToArray());
        var verilated = design.GetProperty("verilated").EnumerateArray().ToArray();
        Assert.Equal([1, 2], verilated.Select(v => v.GetProperty("threads").GetInt32()));
        Assert.Equal(design.GetProperty("verilatorCyclesPerSecond").GetDouble(), verilated.Max(v => v.GetProperty("cyclesPerSecond").GetDouble()));
    }

    [Fact]
    public async Task An_unknown_design_is_refused() =>
        (await CliResult.Run("bench", "--design", "gpu")).FailsWith("--design gpu is unknown; use mac-array, control, node");
}
