using System.Text.Json;
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
    [InlineData(1, 3.26, 3.16, false)]
    [InlineData(1, 3.26, 3.16, true)]
    [InlineData(2, 1.74, 1.67, true)]
    [InlineData(4, 0.95, 0.83, true)]
    public async Task The_card_is_as_fast_as_its_memory_lets_it(int nodes, double most, double roofline, bool isKernel)
    {
        string[] arguments = ["latency", "--preset", "u50", "--memory", "hbm", "--position", "639", "--nodes", $"{nodes}", "--json"];
        var result = await CliResult.Run(isKernel ? [.. arguments, "--kernel"] : arguments);
        Assert.Equal(0, result.ExitCode);
        var json = result.Json;
        var milliseconds = json.GetProperty("ms").GetDouble();
        Assert.True(json.GetProperty("matchesGolden").GetBoolean());
        Assert.Equal(("card", 300), (json.GetProperty("basis").GetString(), json.GetProperty("clockMhz").GetDouble()));
        Assert.InRange(milliseconds, json.GetProperty("rooflineMs").GetDouble(), most);
        Assert.Equal(roofline, json.GetProperty("rooflineMs").GetDouble(), 0.02);
        Assert.InRange(json.GetProperty("modelCycles").GetDouble() / json.GetProperty("cycles").GetDouble(), 0.995, 1.005);
        Assert.InRange(json.GetProperty("memoryPeakGBps").GetDouble(), 100, 201 * 1.01);
        Assert.Equal([450, 400, 450], json.GetProperty("cards").EnumerateArray().Select(c => c.GetProperty("hbmClockMhz").GetInt32()));
        Assert.Equal(nodes == 4 ? 112 : (int?)null, json.GetProperty("linkCycles").Deserialize<int?>());
    }

    /// <summary>A kernel counts the cycles of its steps as the bare machine's probe does; what is around them is the start's.</summary>
    [Theory]
    [InlineData("fast", 1)]
    [InlineData("u50", 2)]
    public async Task A_kernel_takes_the_bare_machines_cycles_and_its_start(string preset, int nodes)
    {
        string[] arguments = ["latency", "--shape", "shakespeare", "--preset", preset, "--nodes", $"{nodes}", "--position", "5"];
        var bare = (await CliResult.Run([.. arguments, "--json"])).Json;
        var kernel = (await CliResult.Run([.. arguments, "--kernel", "--json"])).Json;
        Assert.True(kernel.GetProperty("matchesGolden").GetBoolean());
        Assert.InRange(kernel.GetProperty("cycles").GetInt64() - bare.GetProperty("cycles").GetInt64(), 60, 400);
        static long Sum(JsonElement json) => json.GetProperty("stages").EnumerateArray().Sum(s => s.GetProperty("cycles").GetInt64());
        Assert.Equal(kernel.GetProperty("cycles").GetInt64(), Sum(kernel) + kernel.GetProperty("cyclesAroundSteps").GetInt64());
        Assert.Equal((false, true), (bare.GetProperty("kernel").GetBoolean(), kernel.GetProperty("kernel").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, kernel.GetProperty("stages")[0].GetProperty("busy").ValueKind);
        long Of(JsonElement json, string step) =>
            json.GetProperty("stages").EnumerateArray().Single(s => s.GetProperty("name").GetString() == step).GetProperty("cycles").GetInt64();
        Assert.Equal(Of(bare, "Norm2"), Of(kernel, "Norm2"));
        var text = (await CliResult.Run([.. arguments, "--kernel"])).Output;
        Assert.Contains("(one start of the kernel, simulated)", text, StringComparison.Ordinal);
        Assert.Contains($"around them {kernel.GetProperty("cyclesAroundSteps").GetInt64(),12}", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--fifos")]
    [InlineData("--wave", "w.vcd")]
    public async Task What_is_inside_the_bare_machine_is_refused_of_kernels(params string[] option) =>
        (await CliResult.Run(["latency", "--kernel", .. option])).FailsWith("--wave and --fifos show the bare machine: leave --kernel out");

    [Fact]
    public async Task The_text_names_basis_and_clock()
    {
        var card = await CliResult.Run("latency", "--preset", "u50", "--memory", "hbm", "--shape", "shakespeare", "--position", "9", "--nodes", "4", "--link", "rifl");
        Assert.Contains("ms at 300 MHz, card basis", card.Output, StringComparison.Ordinal);
        Assert.Contains("two cards: rifl, 110 ns = 43 cycles with 10 of clock crossing", card.Output, StringComparison.Ordinal);
        Assert.Contains("u50lv", card.Output, StringComparison.Ordinal);
        var paper = await CliResult.Run("latency", "--shape", "shakespeare", "--position", "9");
        Assert.Contains("ms at 285 MHz, paper basis", paper.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--link rifl joins two cards of 2 nodes, and there are 2 nodes: use more, or leave it out", "--link", "rifl", "--nodes", "2")]
    [InlineData("--link tcp is unknown; use rifl or aurora", "--link", "tcp", "--nodes", "4")]
    public async Task A_link_that_the_machine_cannot_have(string message, params string[] options) =>
        (await CliResult.Run(["latency", "--shape", "shakespeare", "--position", "9", .. options])).FailsWith(message);

    [Theory]
    [InlineData("-1")]
    [InlineData("1024")]
    public async Task A_position_outside_the_context(string position) =>
        (await CliResult.Run("latency", "--position", position)).FailsWith($"--position {position} is outside the context of 1024: use 0 to 1023");
}
