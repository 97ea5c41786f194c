using System.Text.Json;
using LoopLynx.Accelerator;

namespace LoopLynx.Cli.Tests;

/// <summary>However many nodes, and whichever preset: the same tokens, and a measurement that adds up.</summary>
public sealed class RingTests
{
    [Fact]
    public async Task Every_machine_generates_the_same_tokens()
    {
        var ids = new List<string>();
        foreach (var preset in Presets.Names)
        {
            foreach (var nodes in new[] { 1, 2, 4 })
            {
                var result = await CliResult.Run("run", "ROMEO:", "--tokens", "2", "--nodes", $"{nodes}", "--preset", preset, "--check", "--json");
                Assert.Equal(0, result.ExitCode);
                var json = result.Json;
                Assert.True(json.GetProperty("matchesGolden").GetBoolean(), $"{preset}, {nodes} nodes");
                Assert.Equal((preset, nodes), (json.GetProperty("preset").GetString(), json.GetProperty("nodes").GetInt32()));
                Assert.Equal(2, json.GetProperty("cyclesPerToken").GetArrayLength());
                ids.Add(json.GetProperty("ids").ToString());
            }
        }

        Assert.Equal(3 * Presets.Names.Count, ids.Count);
        Assert.All(ids, other => Assert.Equal(ids[0], other));
    }

    [Theory]
    [InlineData("fast", 2)]
    [InlineData("paper", 2)]
    [InlineData("fast", 1)]
    public async Task The_activities_of_a_stage_add_up_to_its_cycles(string preset, int nodes)
    {
        var result = await CliResult.Run("latency", "--shape", "shakespeare", "--position", "40", "--nodes", $"{nodes}", "--preset", preset, "--json");
        Assert.Equal(0, result.ExitCode);
        var json = result.Json;
        Assert.True(json.GetProperty("matchesGolden").GetBoolean());
        var cycles = json.GetProperty("cycles").GetInt64();
        Assert.Equal(cycles / 285e6 * 1000, json.GetProperty("ms").GetDouble(), 9);
        Assert.Equal((double)json.GetProperty("rooflineCycles").GetInt64() / cycles, json.GetProperty("roofline").GetDouble(), 9);
        Assert.Equal(cycles, json.GetProperty("modelCycles").GetInt64());
        Assert.Equal((40, nodes, preset, 0), (json.GetProperty("position").GetInt32(), json.GetProperty("nodes").GetInt32(), json.GetProperty("preset").GetString(), json.GetProperty("off").GetArrayLength()));

        var stages = json.GetProperty("stages").EnumerateArray().ToArray();
        Assert.Equal(["Load", "Constants", "Norm1", "Qkv", "Attention", "Project", "Norm2", "FeedForward1", "FeedForward2", "Flush", "Emit"], stages.Select(s => s.GetProperty("name").GetString()));
        Assert.All(stages, s => Assert.Equal(Of(s, "cycles"), Of(s, "busy") + Of(s, "memory") + Of(s, "ring") + Of(s, "dependency")));
        Assert.All(stages, s => Assert.True(Of(s, "cycles") > 0, $"{s} takes no cycle"));

        // Outside the stages are the cycles from the position to the first step, on a ring behind its registers, and those by which the shown step is behind.
        var entry = nodes == 1 ? 0 : LoopLynxRing.EntryLatency;
        Assert.Equal(cycles, stages.Sum(s => Of(s, "cycles")) + entry + StageControl.StartLatency + LoopLynxNode.ShownLatency);

        // A node of two has computed its own results before the last of the other's are there.
        Assert.Equal(nodes == 2, stages.Sum(s => Of(s, "ring")) > 0);
    }

    [Fact]
    public async Task Switches_are_told_and_cost_cycles()
    {
        string[] latency = ["latency", "--shape", "shakespeare", "--position", "40", "--nodes", "2", "--json"];
        var all = (await CliResult.Run(latency)).Json;
        var staged = (await CliResult.Run([.. latency, "--off", "run-ahead", "--off", "critical-path"])).Json;
        Assert.True(staged.GetProperty("matchesGolden").GetBoolean());
        Assert.Equal(["run-ahead", "critical-path"], staged.GetProperty("off").EnumerateArray().Select(o => o.GetString()));
        Assert.True(Of(staged, "cycles") > Of(all, "cycles"), $"{Of(staged, "cycles")} cycles with two optimisations off, {Of(all, "cycles")} with all");
    }

    private static long Of(JsonElement json, string name) => json.GetProperty(name).GetInt64();
}
