namespace LoopLynx.Host.Tests;

public class Gpt2ConfigTests
{
    private const string Minimal = "\"n_layer\":2,\"n_head\":2,\"n_embd\":8,\"vocab_size\":10";

    [Fact]
    public void ReadsTheShippedModel()
    {
        CheckpointConfig config = CheckpointConfig.Load(Path.Combine(Repository.ShakespeareModel, "config.json"));
        Assert.Equal(ModelDescription.Shakespeare, config.Description);
        Assert.Equal(1e-5, config.Description.Norm.Epsilon);
        Assert.Equal((511, 511, true), (config.BosTokenId, config.EosTokenId, config.Description.TiedHead));
    }

    [Theory]
    [InlineData("\"n_positions\":6", 6, 32)]
    [InlineData("\"n_ctx\":7", 7, 32)]
    [InlineData("\"n_ctx\":7,\"n_positions\":6,\"n_inner\":null", 6, 32)]
    [InlineData("\"n_positions\":6,\"n_inner\":12,\"activation_function\":\"gelu_pytorch_tanh\"", 6, 12)]
    public void FillsWhatMayBeAbsent(string more, int context, int feedForward)
    {
        using var directory = new TempDirectory();
        CheckpointConfig config = CheckpointConfig.Load(directory.Write("config.json", $"{{{Minimal},{more}}}"));
        Assert.Equal(new ModelDescription(2, 2, 8, context, 10, feedForward), config.Description);
        Assert.Null(config.BosTokenId);
    }

    [Theory]
    [InlineData("{", "is not valid JSON (line 1); take the file from the checkpoint's download")]
    [InlineData("[1]", "is not a JSON object; take the file from the checkpoint's download")]
    [InlineData("{\"model_type\":\"llama\"}", "model_type is \"llama\"; only GPT-2 checkpoints (\"gpt2\") can be loaded")]
    [InlineData("{\"activation_function\":\"relu\"}", "activation_function is \"relu\"; only \"gelu_new\" and \"gelu_pytorch_tanh\" can be loaded")]
    [InlineData("{\"scale_attn_by_inverse_layer_idx\":true}", "attention scores are not scaled by 1/sqrt(head size) alone; only GPT-2's standard scaling can be loaded")]
    [InlineData("{\"n_embd\":8,\"vocab_size\":10}", "field \"n_head\" is missing; it must be a positive integer")]
    [InlineData("{\"n_embd\":8,\"n_head\":0}", "field \"n_head\" is 0; it must be a positive integer")]
    [InlineData("{\"n_embd\":8.5}", "field \"n_embd\" is 8.5; it must be a positive integer")]
    [InlineData("{\"n_embd\":10,\"n_head\":4,\"vocab_size\":10}", "n_embd 10 is not divisible by n_head 4; correct config.json")]
    [InlineData("{" + Minimal + "}", "field \"n_positions\" is missing; it must be a positive integer")]
    [InlineData("{" + Minimal + ",\"n_positions\":6,\"bos_token_id\":10}", "field \"bos_token_id\" is 10; it must be a token id below 10")]
    [InlineData("{" + Minimal + ",\"n_positions\":6,\"layer_norm_epsilon\":0}", "field \"layer_norm_epsilon\" is 0; it must be a positive number below 1")]
    [InlineData("{" + Minimal + ",\"n_positions\":6,\"layer_norm_epsilon\":1e400}", "field \"layer_norm_epsilon\" is 1e400; it must be a positive number below 1")]
    [InlineData("{\"activation_function\":1}", "field \"activation_function\" is 1; it must be a string")]
    [InlineData("{\"model_type\":2}", "field \"model_type\" is 2; it must be a string")]
    [InlineData("{\"scale_attn_weights\":\"true\"}", "field \"scale_attn_weights\" is \"true\"; it must be true or false")]
    [InlineData("{" + Minimal + ",\"n_positions\":6,\"tie_word_embeddings\":\"false\"}", "field \"tie_word_embeddings\" is \"false\"; it must be true or false")]
    [InlineData("{\"n_embd\":8,\"n_head\":2,\"vocab_size\":2147483647}", "field \"vocab_size\" is 2147483647; at most 2097152 can be loaded")]
    [InlineData("{\"n_embd\":8,\"n_head\":2,\"vocab_size\":9,\"n_layer\":2000000000}", "field \"n_layer\" is 2000000000; at most 1024 can be loaded")]
    public void SaysWhatIsWrong(string json, string message)
    {
        using var directory = new TempDirectory();
        string path = directory.Write("config.json", json);
        Expect.Error($"{path}: {message}", () => CheckpointConfig.Load(path));
    }

    [Fact]
    public void MissingFile()
    {
        using var directory = new TempDirectory();
        string path = directory.File("config.json");
        Expect.Error($"{path}: the file does not exist; a model directory holds config.json, model.safetensors, vocab.json and merges.txt", () => CheckpointConfig.Load(path));
    }

    [Fact]
    public void NamedShapes()
    {
        Assert.Equal(new ModelDescription(24, 16, 1024, 1024, 50257, 4096), NamedModels.Named("gpt2-345m"));
        Assert.Equal(64, NamedModels.Named("gpt2-124m").HeadWidth);
        Assert.All(NamedModels.Names, name => NamedModels.Named(name));
        Expect.Error("\"gpt3\" is not a model shape; use one of gpt2-345m, gpt2-124m, shakespeare", () => NamedModels.Named("gpt3"));
    }
}
