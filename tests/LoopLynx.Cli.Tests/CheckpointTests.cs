using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LoopLynx.Cli.Tests;

/// <summary>Checkpoints as other tools write them, and as they shouldn't: read, refused in one line, or run with a warning.</summary>
public sealed class CheckpointTests : IDisposable
{
    private static readonly int[] Greedy = [198, 54, 71, 88, 11, 307, 436, 11];

    private readonly TemporaryFolder _folder = new();
    private readonly string _model;

    public CheckpointTests() => _model = _folder.CopyModel("model");

    public void Dispose() => _folder.Dispose();

    private Task<CliResult> Run(params string[] options) => CliResult.Run(["run", "ROMEO:", "--tokens", "8", "--json", "--model", _model, .. options]);

    private static int[] Ids(CliResult result)
    {
        Assert.Equal(0, result.ExitCode);
        return [.. result.Json.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
    }

    private static string[] Warnings(CliResult result) => [.. result.Json.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()!)];

    [Fact]
    public async Task A_tied_embedding_under_the_heads_name()
    {
        Header(header =>
        {
            var entry = header["transformer.wte.weight"]!.DeepClone();
            header.Remove("transformer.wte.weight");
            header["lm_head.weight"] = entry;
        });
        var result = await Run();
        Assert.Equal(Greedy, Ids(result));
        Assert.Empty(Warnings(result));
    }

    [Fact]
    public async Task The_end_of_text_in_the_added_tokens_ends_the_text()
    {
        var vocabulary = Vocabulary();
        vocabulary.Remove("<|endoftext|>");
        Write("vocab.json", JsonSerializer.Serialize(vocabulary));
        Write("added_tokens.json", "{\"<|endoftext|>\": 511}");

        // A row of the end of text that is louder than the newline's, which comes first.
        var rows = Tensor("transformer.wte.weight");
        rows.AsSpan(198 * 128, 128).CopyTo(rows.AsSpan(511 * 128));
        Scale(rows.AsSpan(511 * 128, 128), 1.5f);
        Replace("transformer.wte.weight", rows);
        var result = await Run();
        Assert.Equal([511], Ids(result));
        Assert.Equal("endOfText", result.Json.GetProperty("stopReason").GetString());
    }

    [Fact]
    public async Task Ids_without_a_token_are_never_chosen()
    {
        Padded(576);
        var result = await Run();
        Assert.Equal(Greedy, Ids(result));
        Assert.Equal(["the tokenizer has 512 tokens, the model's vocabulary 576: ids 512 to 575 stand for no text and are never chosen"], Warnings(result));
    }

    [Fact]
    public async Task A_residual_stream_that_clips_is_said_and_counted()
    {
        var bias = Tensor("transformer.h.0.mlp.c_proj.bias");
        bias[5] = 1e9f;
        Replace("transformer.h.0.mlp.c_proj.bias", bias);
        var result = await Run("--check");
        Assert.True(result.Json.GetProperty("matchesGolden").GetBoolean());
        Assert.InRange(result.Json.GetProperty("saturations").GetProperty("residual").GetInt64(), 13, 1_000);
        Assert.Contains(Warnings(result), w => w.StartsWith("tensor \"transformer.h.0.mlp.c_proj.bias\" element [5] = 1E+09 sets the scale of the residual stream", StringComparison.Ordinal));
        Assert.Contains(Warnings(result), w => w.StartsWith("the residual stream was clipped 13 times in 13 tokens", StringComparison.Ordinal));
        var spoken = await CliResult.Run("run", "ROMEO:", "--tokens", "1", "--model", _model);
        Assert.Contains("looplynx: warning: the residual stream was clipped", spoken.Error);
        var quality = await CliResult.Run("quality", "--json", "--model", _model, "--text", Text("To be or not to be"));
        Assert.InRange(quality.Json.GetProperty("saturations").GetProperty("residual").GetInt64(), 1, 10_000);
        Assert.Contains(Warnings(quality), w => w.StartsWith("the residual stream was clipped", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_position_that_swallows_the_rest_is_named()
    {
        var positions = Tensor("transformer.wpe.weight");
        positions[(200 * 128) + 7] = 1e38f;
        Replace("transformer.wpe.weight", positions);
        Assert.Contains(Warnings(await Run()), w => w.StartsWith("tensor \"transformer.wpe.weight\" element [200, 7] = 1E+38 sets the scale of the residual stream", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Weights_out_of_range_are_named()
    {
        var weights = Tensor("transformer.h.2.mlp.c_proj.weight");
        weights[(3 * 128) + 4] = 3e38f;
        Replace("transformer.h.2.mlp.c_proj.weight", weights);
        (await Run()).FailsWithRule("tensor \"transformer.h.2.mlp.c_proj.weight\" element [3, 4] = 3E+38: no integer format of the machine holds it");
    }

    [Fact]
    public async Task A_perplexity_beyond_all_numbers_is_legal_JSON()
    {
        var rows = Tensor("transformer.wte.weight");
        Scale(rows, 100);
        Replace("transformer.wte.weight", rows);
        var result = await CliResult.Run("quality", "--json", "--model", _model, "--text", Text("To be, or not to be, that is the question"));
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(result.Json.GetProperty("perplexityFloat32").ValueKind, (JsonValueKind[])[JsonValueKind.Null, JsonValueKind.Number]);
        Assert.NotEmpty(Warnings(result));
    }

    [Fact]
    public async Task A_shuffled_vocabulary_and_empty_merges_are_doubted()
    {
        var vocabulary = Vocabulary();
        Write("vocab.json", JsonSerializer.Serialize(vocabulary.ToDictionary(entry => entry.Key, entry => entry.Value * 205 % 512)));
        var result = await CliResult.Run("quality", "--json", "--model", _model, "--text", Text("To be, or not to be, that is the question"));
        Assert.Contains(Warnings(result), w => w.Contains("the tokenizer may not fit the model", StringComparison.Ordinal));
        Assert.Contains(Warnings(result), w => w.Contains("does worse than guessing", StringComparison.Ordinal));
        Write("vocab.json", JsonSerializer.Serialize(vocabulary));
        Write("merges.txt", "#version: 0.2\n");
        Assert.Contains(Warnings(await Run()), w => w.Contains("made by no rule of merges.txt", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tie_word_embeddings", "\"false\"", "field \"tie_word_embeddings\" is \"false\"; it must be true or false")]
    [InlineData("activation_function", "1", "field \"activation_function\" is 1; it must be a string")]
    [InlineData("layer_norm_epsilon", "1e400", "field \"layer_norm_epsilon\" is 1e400; it must be a positive number below 1")]
    public async Task A_field_of_another_type_or_range(string field, string value, string rule)
    {
        var path = Path.Combine(_model, "config.json");
        var node = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        node.Remove(field);
        File.WriteAllText(path, $"{node.ToJsonString()[..^1]},\"{field}\":{value}}}");
        (await Run()).FailsWith($"{path}: {rule}");
    }

    [Fact]
    public async Task Layers_left_over()
    {
        Write("config.json", File.ReadAllText(Path.Combine(_model, "config.json")).Replace("\"n_layer\": 4", "\"n_layer\": 3", StringComparison.Ordinal));
        (await Run()).FailsWithRule($"{Path.Combine(_model, "model.safetensors")}: tensor \"transformer.h.3.");
    }

    [Fact]
    public async Task A_text_and_a_vocabulary_in_another_encoding()
    {
        var text = _folder["latin.txt"];
        File.WriteAllBytes(text, Encoding.Latin1.GetBytes("caf\u00e9 au lait"));
        (await CliResult.Run("quality", "--json", "--text", text)).FailsWithRule($"{text}: byte 3 (0xE9) is not UTF-8");
        File.WriteAllBytes(Path.Combine(_model, "vocab.json"), Encoding.Latin1.GetBytes(File.ReadAllText(Path.Combine(_model, "vocab.json"))));
        (await Run()).FailsWithRule($"{Path.Combine(_model, "vocab.json")}: byte ");
    }

    [Fact]
    public async Task Special_tokens_of_the_prompt()
    {
        static int[] Prompt(CliResult result) => [.. result.Json.GetProperty("promptIds").EnumerateArray().Select(id => id.GetInt32())];
        var special = Prompt(await CliResult.Run("run", "<|endoftext|>ROMEO:", "--tokens", "1", "--json"));
        Assert.Equal([511, 49, 46, 44, 36, 46, 25], special);
        var plain = Prompt(await CliResult.Run("run", "<|endoftext|>ROMEO:", "--tokens", "1", "--json", "--no-special-tokens"));
        Assert.DoesNotContain(511, plain);
        var empty = Prompt(await CliResult.Run("run", "", "--tokens", "1", "--json"));
        Assert.Equal([511], empty);
    }

    [Theory]
    [InlineData("300")]
    [InlineData("2147483647")]
    public async Task More_tokens_than_the_context_holds(string tokens) =>
        (await CliResult.Run("run", "ROMEO:", "--tokens", tokens)).FailsWith($"a prompt of 6 tokens and {tokens} more don't fit the context of 256: use --tokens 251 or fewer");

    private string Text(string text)
    {
        File.WriteAllText(_folder["text.txt"], text);
        return _folder["text.txt"];
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_model, name), text);

    private Dictionary<string, int> Vocabulary() => JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(Path.Combine(_model, "vocab.json")))!;

    private static void Scale(Span<float> values, float factor)
    {
        foreach (ref var value in values)
        {
            value *= factor;
        }
    }

    private float[] Tensor(string name)
    {
        var (header, data) = Parts();
        var offsets = header[name]!["data_offsets"]!.AsArray();
        return MemoryMarshal.Cast<byte, float>(data.AsSpan((int)offsets[0]!, (int)offsets[1]! - (int)offsets[0]!)).ToArray();
    }

    private void Replace(string name, float[] values)
    {
        var (header, data) = Parts();
        MemoryMarshal.AsBytes(values.AsSpan()).CopyTo(data.AsSpan((int)header[name]!["data_offsets"]![0]!));
        Save(header, data);
    }

    // The embedding gets rows for ids that no token has, the first of them louder than the newline's row.
    private void Padded(int vocabulary)
    {
        var rows = Tensor("transformer.wte.weight");
        var (header, data) = Parts();
        var more = new float[(vocabulary - 512) * 128];
        rows.AsSpan(198 * 128, 128).CopyTo(more);
        Scale(more.AsSpan(0, 128), 1.5f);
        header["transformer.wte.weight"] = JsonNode.Parse(
            $"{{\"dtype\":\"F32\",\"shape\":[{vocabulary},128],\"data_offsets\":[{data.Length},{data.Length + ((rows.Length + more.Length) * sizeof(float))}]}}");
        Save(header, [.. data, .. MemoryMarshal.AsBytes(rows.AsSpan()), .. MemoryMarshal.AsBytes(more.AsSpan())]);
        Write("config.json", File.ReadAllText(Path.Combine(_model, "config.json")).Replace("\"vocab_size\": 512", $"\"vocab_size\": {vocabulary}", StringComparison.Ordinal));
    }

    private void Header(Action<JsonObject> edit)
    {
        var (header, data) = Parts();
        edit(header);
        Save(header, data);
    }

    private (JsonObject Header, byte[] Data) Parts()
    {
        var bytes = File.ReadAllBytes(Path.Combine(_model, "model.safetensors"));
        var length = (int)BitConverter.ToUInt64(bytes);
        return (JsonNode.Parse(bytes.AsSpan(8, length))!.AsObject(), bytes[(8 + length)..]);
    }

    private void Save(JsonObject header, byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(header.ToJsonString());
        File.WriteAllBytes(Path.Combine(_model, "model.safetensors"), [.. BitConverter.GetBytes((ulong)text.Length), .. text, .. data]);
    }
}
