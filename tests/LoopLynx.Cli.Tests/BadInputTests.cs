using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace LoopLynx.Cli.Tests;

/// <summary>Wrong input: one line, an exit code that isn't 0, nothing on standard output, nothing half-written.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private async Task RunFails(string model, params string[] parts)
    {
        var result = await CliResult.Run("run", "ROMEO:", "--tokens", "1", "--json", "--model", model);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Single(result.Error.Trim().Split('\n'));
        Assert.All(parts, part => Assert.Contains(part, result.Error));
    }

    private string Model(Action<string> damage)
    {
        var model = _folder.CopyModel("model");
        damage(model);
        return model;
    }

    private static void Edit(string model, string key, JsonNode? value)
    {
        var path = Path.Combine(model, "config.json");
        var json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        json[key] = value;
        File.WriteAllText(path, json.ToJsonString());
    }

    private static void EditHeader(string model, Func<string, string> edit)
    {
        var path = Path.Combine(model, "model.safetensors");
        var bytes = File.ReadAllBytes(path);
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var header = Encoding.UTF8.GetBytes(edit(Encoding.UTF8.GetString(bytes, 8, length)));
        var prefix = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        File.WriteAllBytes(path, [.. prefix, .. header, .. bytes[(8 + length)..]]);
    }

    [Fact]
    public Task A_truncated_checkpoint() => RunFails(
        Model(m => { using var file = File.OpenWrite(Path.Combine(m, "model.safetensors")); file.SetLength(100_000); }), "model.safetensors");

    [Fact]
    public Task A_header_longer_than_the_file() => RunFails(
        Model(m => { using var file = File.OpenWrite(Path.Combine(m, "model.safetensors")); file.Write([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]); }), "model.safetensors", "header");

    [Fact]
    public Task A_missing_tensor() => RunFails(Model(m => EditHeader(m, h => h.Replace("ln_f.weight", "ln_f.wxight"))), "ln_f.weight");

    [Fact]
    public Task A_wrong_shape() => RunFails(Model(m => Edit(m, "n_embd", 64)), "model.safetensors");

    [Fact]
    public Task An_embedding_that_the_heads_do_not_divide() => RunFails(Model(m => Edit(m, "n_head", 5)), "n_head");

    [Fact]
    public Task An_unknown_activation() => RunFails(Model(m => Edit(m, "activation_function", "swish")), "swish");

    [Fact]
    public Task A_missing_folder() => RunFails(_folder["nowhere"], "nowhere");

    [Fact]
    public async Task Lanes_that_do_not_divide_the_embedding() =>
        (await CliResult.Run("run", "ROMEO:", "--lanes", "256")).FailsWith("embed 128 is not divisible by 256 lanes; choose other --channels, --lanes or --nodes, or another model");

    [Theory]
    [InlineData("16 heads are not divisible by 3 nodes: use a number of nodes that divides the heads", "--nodes", "3")]
    [InlineData("a ring of 0 nodes: use 1 to 8", "--nodes", "0")]
    [InlineData("a ring of -2 nodes: use 1 to 8", "--nodes", "-2")]
    [InlineData("a ring of 16 nodes: use 1 to 8", "--nodes", "16")]
    [InlineData("channels (0) and lanes (32) must be powers of two, and lanes at least 4", "--channels", "0")]
    [InlineData("channels (3) and lanes (32) must be powers of two, and lanes at least 4", "--channels", "3")]
    [InlineData("channels (8) and lanes (0) must be powers of two, and lanes at least 4", "--lanes", "0")]
    [InlineData("K on 1 and V on 1 channels don't fit 1 channels, or aren't powers of two", "--preset", "paper", "--channels", "1")]
    [InlineData("there is no preset 'nonsense'; use fast, paper, u50, compact", "--preset", "nonsense")]
    [InlineData("there is no optimisation 'nonsense'; use critical-path, head-pipeline,", "--off", "nonsense")]
    [InlineData("'run-ahead' is off already in this preset", "--preset", "paper", "--off", "run-ahead")]
    [InlineData("'wide-array' is off already in this preset", "--off", "wide-array", "--off", "wide-array")]
    [InlineData("a channel needs 354320384 bytes, an HBM pseudo-channel has 268435456: use more nodes or channels, or a smaller model", "--channels", "1")]
    public async Task A_machine_that_cannot_be_built(string rule, params string[] options)
    {
        (await CliResult.Run(["latency", "--shape", "gpt2-345m", .. options])).FailsWithRule(rule);
        (await CliResult.Run(["rtl", "--shape", "gpt2-345m", "--out", _folder["rtl"], .. options])).FailsWithRule(rule);
        Assert.False(Directory.Exists(_folder["rtl"]), "a design that can't be built leaves nothing behind");
    }

    [Fact]
    public async Task More_channels_than_the_card_has() => (await CliResult.Run("rtl", "--out", _folder["rtl"], "--channels", "16", "--lanes", "16"))
        .FailsWith("a node of the Alveo U50 has 8 memory channels, not 16: use --channels 8 or fewer");

    [Theory]
    [InlineData("1024")]
    [InlineData("-1")]
    public async Task A_position_outside_the_context_of_any_machine(string position) =>
        (await CliResult.Run("latency", "--preset", "paper", "--nodes", "2", "--position", position)).FailsWith($"--position {position} is outside the context of 1024: use 0 to 1023");

    [Fact]
    public async Task A_position_behind_the_last_of_a_short_context() =>
        (await CliResult.Run("latency", "--shape", "shakespeare", "--position", "256")).FailsWith("--position 256 is outside the context of 256: use 0 to 255");

    [Fact]
    public async Task Rows_that_the_nodes_and_channels_do_not_divide()
    {
        var shape = Shape(heads: 8, embed: 96);
        (await CliResult.Run("latency", "--shape", shape, "--nodes", "8")).FailsWithRule("the 288 rows of QKV are not divisible by 8 nodes x 8 channels");
    }

    [Fact]
    public async Task A_head_that_no_row_of_the_cache_divides() =>
        (await CliResult.Run("latency", "--shape", Shape(heads: 4, embed: 96))).FailsWithRule("a head of 24 dimensions doesn't divide, and isn't a multiple of, the 256 bytes of a row of the KV cache");

    [Fact]
    public async Task More_nodes_than_the_shipped_model_has_heads() =>
        (await CliResult.Run("run", "ROMEO:", "--nodes", "8")).FailsWithRule("4 heads are not divisible by 8 nodes: use a number of nodes that divides the heads");

    [Fact]
    public async Task A_number_of_nodes_that_is_no_number()
    {
        var result = await CliResult.Run("latency", "--nodes", "two");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Single(result.Error.Trim().Split('\n'));
    }

    // The shipped model's configuration with another shape.
    private string Shape(int heads, int embed)
    {
        var model = Model(m =>
        {
            Edit(m, "n_head", heads);
            Edit(m, "n_embd", embed);
        });
        return Path.Combine(model, "config.json");
    }

    [Fact]
    public async Task An_empty_prompt_where_the_model_names_no_start_token()
    {
        var result = await CliResult.Run("run", "", "--model", Model(m => Edit(m, "bos_token_id", null)));
        result.FailsWith("the prompt is empty, and the model names no token that starts a text: give at least one character");
    }

    [Fact]
    public async Task A_prompt_longer_than_the_context()
    {
        var prompt = string.Concat(Enumerable.Repeat("0 ", 300));
        var result = await CliResult.Run("run", prompt);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Matches(@"^looplynx: the prompt has \d+ tokens, the model's context holds 256: shorten the prompt\s*$", result.Error);
    }

    [Fact]
    public async Task More_tokens_than_the_context_holds() =>
        (await CliResult.Run("run", "R", "--tokens", "257")).FailsWith("a prompt of 1 tokens and 257 more don't fit the context of 256: use --tokens 256 or fewer");

    [Fact]
    public async Task No_tokens() => (await CliResult.Run("run", "ROMEO:", "--tokens", "0")).FailsWith("--tokens 0: generate at least 1 token");

    [Fact]
    public async Task An_unknown_engine() => (await CliResult.Run("run", "ROMEO:", "--engine", "magic")).FailsWith("--engine magic is unknown; use compiled, interpreted, verilator, xrt");

    [Fact]
    public async Task A_card_that_isnt_there() => (await CliResult.Run("run", "ROMEO:", "--engine", "xrt")).FailsWithRule("--engine xrt ");

    [Fact]
    public async Task A_negative_temperature() =>
        (await CliResult.Run("run", "ROMEO:", "--temperature", "-1")).FailsWith("--temperature '-1': use a number from 0 to 1000000, with a point: 1.5 (see 'looplynx run --help')");

    [Fact]
    public async Task An_unknown_option()
    {
        var result = await CliResult.Run("run", "ROMEO:", "--speed", "9");
        Assert.Equal(2, result.ExitCode);
        Assert.Single(result.Error.Trim().Split('\n'));
    }

    [Fact]
    public async Task An_output_folder_that_cannot_be_written()
    {
        File.WriteAllText(_folder["file"], "in the way");
        var result = await CliResult.Run("rtl", "--out", _folder["file"]);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Single(result.Error.Trim().Split('\n'));
        Assert.Contains("can't write", result.Error);
        Assert.Equal(["file"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Verilator_that_is_not_installed()
    {
        var path = Environment.GetEnvironmentVariable("PATH");
        try
        {
            Environment.SetEnvironmentVariable("PATH", _folder.Path);
            var result = await CliResult.Run("cosim", "--tokens", "1", "--channels", "1", "--lanes", "8");
            Assert.NotEqual(0, result.ExitCode);
            Assert.Single(result.Error.Trim().Split('\n'));
            Assert.Contains("verilator", result.Error);
            Assert.Contains("apt-get install verilator", result.Error);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }
}
