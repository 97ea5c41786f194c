using System.Text.Json;
using System.Xml.Linq;

namespace LoopLynx.Cli.Tests;

/// <summary>Coverage of the accelerator, from the command line.</summary>
public sealed class CoverageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Task<CliResult> Run(string output, params string[] more) => CliResult.Run([
        "coverage", "--tokens", "1", "--no-toggles", "--out", _folder[output], "--json", .. more]);

    [Fact]
    public async Task Runs_merge_into_the_union_and_equal_runs_are_equal_files()
    {
        var paper = await Run("paper", "--preset", "paper");
        var fast = await Run("fast", "--merge", _folder["paper/coverage.json"]);
        Assert.Equal((0, 0), (paper.ExitCode, fast.ExitCode));
        static int Hit(JsonElement json, string kind) => json.GetProperty(kind).GetProperty("hit").GetInt32();
        Assert.True(Hit(fast.Json, "lines") > Hit(paper.Json, "lines"));
        Assert.All(["lines", "arms", "states"], kind => Assert.InRange(Hit(fast.Json, kind), 1, fast.Json.GetProperty(kind).GetProperty("total").GetInt32()));
        Assert.Equal(0, fast.Json.GetProperty("toggles").GetProperty("total").GetInt32());
        Assert.Equal(_folder["fast/index.html"], fast.Json.GetProperty("file").GetString());
        var page = File.ReadAllText(_folder["fast/index.html"]);
        Assert.Contains("class Scheduler", XDocument.Parse(page["<!DOCTYPE html>".Length..]).Root!.Value);
        Assert.Contains("hw/LoopLynx.Accelerator/Scheduling/Scheduler.cs", File.ReadAllText(_folder["fast/summary.txt"]));

        await Run("again", "--merge", _folder["paper/coverage.json"]);
        Assert.Equal(File.ReadAllText(_folder["fast/coverage.json"]), File.ReadAllText(_folder["again/coverage.json"]));
        Assert.Equal(["coverage.json", "index.html", "manifest.json", "summary.txt"], Directory.GetFiles(_folder["fast"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Both_engines_give_the_same_file()
    {
        await Run("compiled");
        var interpreted = await Run("interpreted", "--engine", "interpreted");
        Assert.Equal(0, interpreted.ExitCode);
        Assert.Equal(File.ReadAllText(_folder["compiled/coverage.json"]), File.ReadAllText(_folder["interpreted/coverage.json"]));
    }

    [Fact]
    public async Task A_waiver_is_applied_and_an_idle_one_is_reported()
    {
        File.WriteAllText(_folder["waivers.txt"], "WriteEngine line WriteEngine.cs(*) -- the memory model never fails\nNode state * -- nothing\n");
        var json = (await Run("waived", "--waivers", _folder["waivers.txt"])).Json;
        Assert.True(json.GetProperty("lines").GetProperty("waived").GetInt32() >= 1);
        Assert.Equal("Node state *", Assert.Single(json.GetProperty("idleWaivers").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("--tokens 0: use 1 to 256, the context of the model", "--tokens", "0")]
    [InlineData("--tokens 257: use 1 to 256, the context of the model", "--tokens", "257")]
    [InlineData("--engine verilator: coverage is of the compiled or the interpreted engine", "--engine", "verilator")]
    [InlineData("can't read the coverage file 'missing.json'", "--merge", "missing.json")]
    [InlineData("can't read the waiver file 'missing.txt'", "--waivers", "missing.txt")]
    public async Task Bad_input_is_one_line_and_writes_nothing(string rule, params string[] args)
    {
        (await CliResult.Run(["coverage", "--out", _folder["bad"], .. args])).FailsWithRule(rule);
        Assert.False(Directory.Exists(_folder["bad"]));
    }

    [Fact]
    public async Task A_file_that_is_no_coverage_is_refused()
    {
        File.WriteAllText(_folder["other.json"], "{\"format\":\"other\"}");
        (await Run("bad", "--merge", _folder["other.json"])).FailsWith($"'{_folder["other.json"]}' is not a coverage file of this version: write it again with 'looplynx coverage'");
        Assert.False(Directory.Exists(_folder["bad"]));
    }
}
