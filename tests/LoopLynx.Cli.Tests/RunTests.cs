using System.Text.Json;
using LoopLynx.Cli.Options;
using LoopLynx.Host;

namespace LoopLynx.Cli.Tests;

/// <summary>A prompt to text, through every register, on every engine.</summary>
public sealed class RunTests
{
    private static int[] Ids(JsonElement json) => [.. json.GetProperty("ids").EnumerateArray().Select(i => i.GetInt32())];

    /// <summary>Greedy tokens of the golden model alone: what the accelerator must produce.</summary>
    private static int[] GoldenIds(LoadedModel model, string prompt, int tokens)
    {
        var golden = new GoldenModel(model.Quantized);
        var next = 0;
        foreach (var id in model.Tokenizer.Encode(prompt))
        {
            next = Sampler.Greedy<int>(golden.Logits(golden.Step(id)));
        }

        var ids = new List<int> { next };
        while (ids.Count < tokens)
        {
            ids.Add(Sampler.Greedy<int>(golden.Logits(golden.Step(ids[^1]))));
        }

        return [.. ids];
    }

    [Fact]
    public async Task A_prompt_becomes_the_golden_models_text()
    {
        var result = await CliResult.Run("run", "ROMEO:", "--tokens", "32", "--check", "--json");
        Assert.Equal(0, result.ExitCode);
        var json = result.Json;
        var model = LoadedModel.Load(Repository.OfProgram.Find(ModelSource.Default), cancel: TestContext.Current.CancellationToken);
        var expected = GoldenIds(model, "ROMEO:", 32);
        Assert.True(json.GetProperty("matchesGolden").GetBoolean());
        Assert.Equal(expected, Ids(json));
        Assert.Equal(model.Tokenizer.Decode(expected), json.GetProperty("text").GetString());
        Assert.Equal(model.Tokenizer.Encode("ROMEO:", cancel: TestContext.Current.CancellationToken), json.GetProperty("promptIds").EnumerateArray().Select(i => i.GetInt32()));
        Assert.Equal(32, json.GetProperty("cyclesPerToken").GetArrayLength());
        Assert.All(json.GetProperty("cyclesPerToken").EnumerateArray(), c => Assert.InRange(c.GetInt64(), 3256, 10000));
        Assert.Equal(("compiled", "fast", 1), (json.GetProperty("engine").GetString(), json.GetProperty("preset").GetString(), json.GetProperty("nodes").GetInt32()));
    }

    [Theory]
    [InlineData("interpreted")]
    [InlineData("verilator")]
    public async Task Every_engine_gives_the_same_tokens_in_the_same_cycles(string engine)
    {
        var compiled = (await CliResult.Run("run", "ROMEO:", "--tokens", "2", "--check", "--json")).Json;
        var other = (await CliResult.Run("run", "ROMEO:", "--tokens", "2", "--check", "--json", "--engine", engine)).Json;
        Assert.True(other.GetProperty("matchesGolden").GetBoolean());
        Assert.Equal(Ids(compiled), Ids(other));
        Assert.Equal(compiled.GetProperty("cyclesPerToken").ToString(), other.GetProperty("cyclesPerToken").ToString());
    }

    [Fact]
    public async Task The_hbm_memory_model_changes_cycles_but_not_tokens()
    {
        var ideal = (await CliResult.Run("run", "ROMEO:", "--tokens", "2", "--json")).Json;
        var hbm = (await CliResult.Run("run", "ROMEO:", "--tokens", "2", "--json", "--check", "--memory", "hbm")).Json;
        Assert.True(hbm.GetProperty("matchesGolden").GetBoolean());
        Assert.Equal(Ids(ideal), Ids(hbm));
        Assert.True(hbm.GetProperty("cyclesPerToken")[0].GetInt64() > ideal.GetProperty("cyclesPerToken")[0].GetInt64());
        Assert.Equal(JsonValueKind.Null, ideal.GetProperty("matchesGolden").ValueKind);
    }

    /// <summary>The card's kernels, each with its own host's buffers, give the bare machine's text.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Kernels_give_the_bare_machines_tokens(int nodes)
    {
        string[] arguments = ["run", "ROMEO:", "--tokens", "2", "--preset", "u50", "--nodes", $"{nodes}", "--check", "--json"];
        var bare = await CliResult.Run(arguments);
        var kernels = await CliResult.Run([.. arguments, "--kernel"]);
        Assert.Equal((0, 0), (bare.ExitCode, kernels.ExitCode));
        Assert.Equal($"{bare.Json.GetProperty("ids")}", $"{kernels.Json.GetProperty("ids")}");
        Assert.True(kernels.Json.GetProperty("matchesGolden").GetBoolean());
        Assert.InRange(kernels.Json.GetProperty("promptCycles").GetInt64(), bare.Json.GetProperty("promptCycles").GetInt64(), 2 * bare.Json.GetProperty("promptCycles").GetInt64());
    }

    /// <summary>Channels, ring and one layer before the text, which is the same as without.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_self_test_comes_before_the_text(int nodes)
    {
        string[] arguments = ["run", "ROMEO:", "--tokens", "1", "--preset", "u50", "--nodes", $"{nodes}", "--kernel", "--check"];
        var json = (await CliResult.Run([.. arguments, "--self-test", "--json"])).Json;
        var test = json.GetProperty("selfTest");
        var channels = test.GetProperty("channels").EnumerateArray().ToList();
        Assert.Equal(8 * nodes, channels.Count);
        Assert.All(channels, c => Assert.Equal(0, c.GetProperty("errors").GetInt64()));
        Assert.All(channels, c => Assert.InRange(c.GetProperty("gBps").GetDouble(), 1, 19.2));
        Assert.Equal(nodes == 1 ? JsonValueKind.Null : JsonValueKind.Number, test.GetProperty("ringCycles").ValueKind);
        Assert.InRange(test.GetProperty("layerCycles").GetInt64(), 1, json.GetProperty("cyclesPerToken")[0].GetInt64());
        Assert.True(json.GetProperty("matchesGolden").GetBoolean());
        var text = (await CliResult.Run([.. arguments, "--self-test"])).Output;
        Assert.StartsWith($"self-test: {8 * nodes} channels have delivered ", text);
        Assert.Contains("self-test: the first layer's hidden state equals the golden model, ", text);
        Assert.Contains("one start of the kernel, simulated", text);
        Assert.Equal(JsonValueKind.Null, (await CliResult.Run([.. arguments, "--json"])).Json.GetProperty("selfTest").ValueKind);
    }

    [Fact]
    public async Task A_self_test_of_the_bare_machine_is_refused() =>
        (await CliResult.Run("run", "a", "--self-test")).FailsWith("--self-test is the kernel's: it goes with --kernel, or with a card");

    [Fact]
    public async Task A_wave_of_kernels_is_refused() =>
        (await CliResult.Run("run", "a", "--kernel", "--wave", "w.vcd")).FailsWith("--wave shows the bare machine: leave --kernel out");

    [Fact]
    public async Task Sampling_is_repeatable_by_its_seed()
    {
        string[] sampled = ["run", "KING", "--tokens", "6", "--json", "--temperature", "1", "--top-k", "20"];
        var first = (await CliResult.Run([.. sampled, "--seed", "5"])).Json;
        var second = (await CliResult.Run([.. sampled, "--seed", "5"])).Json;
        var other = (await CliResult.Run([.. sampled, "--seed", "6"])).Json;
        Assert.Equal(Ids(first), Ids(second));
        Assert.NotEqual(Ids(first), Ids(other));
    }

    [Fact]
    public async Task Text_is_printed_as_it_comes_with_a_summary()
    {
        var result = await CliResult.Run("run", "ROMEO:", "--tokens", "4", "--check");
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("ROMEO:", result.Output);
        Assert.Contains("4 tokens,", result.Output);
        Assert.Contains("every hidden state equals the golden model", result.Output);
    }

    [Fact]
    public async Task A_wave_file_of_no_known_format_is_refused_before_anything_runs() =>
        (await CliResult.Run("run", "R", "--wave", "run.txt")).FailsWith("the wave file 'run.txt' ends neither in .vcd nor in .fst: its extension chooses the format");

    [Fact]
    public async Task A_wave_file_shows_the_nodes_registers()
    {
        using var folder = new TemporaryFolder();
        var result = await CliResult.Run("run", "R", "--tokens", "1", "--channels", "2", "--lanes", "4", "--json", "--wave", folder["run.vcd"]);
        Assert.Equal(0, result.ExitCode);
        var lines = File.ReadLines(folder["run.vcd"]).Take(20_000).ToArray();
        var end = Array.FindIndex(lines, line => line.StartsWith("$enddefinitions", StringComparison.Ordinal));
        Assert.True(end > 0, "the header ends");
        var header = string.Join('\n', lines[..end]);
        Assert.Contains("$scope module scheduler", header);
        Assert.Contains(" stage ", header);
    }
}
