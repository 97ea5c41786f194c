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
        (await CliResult.Run("run", "ROMEO:", "--lanes", "256")).FailsWith("embed 128 is not divisible by 256 lanes; choose other --channels or --lanes, or another model");

    [Fact]
    public async Task An_empty_prompt() => (await CliResult.Run("run", "")).FailsWith("the prompt is empty: give at least one character");

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
    public async Task An_unknown_engine() => (await CliResult.Run("run", "ROMEO:", "--engine", "magic")).FailsWith("--engine magic is unknown; use compiled, interpreted, verilator");

    [Fact]
    public async Task A_negative_temperature() => (await CliResult.Run("run", "ROMEO:", "--temperature", "-1")).FailsWith("the temperature is -1; it must be zero (greedy) or a positive number");

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
