namespace LoopLynx.Cli.Tests;

/// <summary>Random designs agree on every engine, and the command says how many it compared.</summary>
public sealed class FuzzTests
{
    [Fact]
    public async Task Random_designs_agree_on_every_engine()
    {
        var result = await CliResult.Run("fuzz", "--seeds", "60", "--json");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(60, result.Json.GetProperty("designs").GetInt32());
        Assert.Equal(60 * 64, result.Json.GetProperty("cycles").GetInt64());
        Assert.Equal(0, result.Json.GetProperty("mismatches").GetInt32());
        Assert.Empty(result.Json.GetProperty("failures").EnumerateArray().ToArray());
        var engines = result.Json.GetProperty("engines");
        Assert.Equal(60, engines.GetProperty("interpreted").GetInt32());
        Assert.Equal(60, engines.GetProperty("compiled").GetInt32());
        Assert.InRange(engines.GetProperty("verilator").GetInt32(), 10, 60);
        Assert.InRange(engines.GetProperty("icarus").GetInt32(), 10, 60);
        Assert.InRange(engines.GetProperty("proof").GetInt32(), 5, 60);
        Assert.InRange(result.Json.GetProperty("proved").GetInt32(), 5, engines.GetProperty("proof").GetInt32());
        Assert.Equal(60, result.Json.GetProperty("optionSets").GetProperty("default").GetInt32());
        Assert.All(["lanes", "packing", "fusion", "in-place", "branches", "sleep"], name => Assert.True(result.Json.GetProperty("optionSets").GetProperty($"no {name}").GetInt32() > 0));
    }

    [Fact]
    public async Task One_engine_can_be_chosen()
    {
        var result = await CliResult.Run("fuzz", "--seeds", "3", "--seed", "9", "--cycles", "10", "--engines", "compiled", "--json");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(30, result.Json.GetProperty("cycles").GetInt64());
        Assert.Equal(["interpreted", "compiled"], result.Json.GetProperty("engines").EnumerateObject().Select(e => e.Name));
    }

    [Fact]
    public async Task An_unknown_engine_is_refused() =>
        (await CliResult.Run("fuzz", "--engines", "compiled,gpu")).FailsWith("--engines gpu is unknown; use interpreted, compiled, verilator, icarus, proof");

    [Fact]
    public async Task No_designs_are_refused() =>
        (await CliResult.Run("fuzz", "--seeds", "0")).FailsWith("--seeds 0: use a whole number of at least 1");

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("interpreted")]
    public async Task Nothing_to_compare_with_is_refused(string engines) =>
        (await CliResult.Run("fuzz", "--engines", engines)).FailsWith("--engines names nothing to compare with the interpreted engine; use compiled, verilator, icarus, proof");

    // Seed 5 is too large for a proof.
    [Fact]
    public async Task Nothing_compared_is_no_success()
    {
        var result = await CliResult.Run("fuzz", "--seeds", "1", "--seed", "5", "--engines", "proof");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("0 mismatches in 0 comparisons", result.Output);
        Assert.StartsWith("looplynx: nothing was compared: of 1 designs none was small enough for proof", result.Error);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("1e300")]
    [InlineData("1,5")]
    public async Task A_time_that_is_none_is_refused(string minutes) =>
        (await CliResult.Run("fuzz", "--minutes", minutes)).FailsWith($"--minutes '{minutes}': use a number from 0 to 100000, with a point: 1.5 (see 'looplynx fuzz --help')");
}
