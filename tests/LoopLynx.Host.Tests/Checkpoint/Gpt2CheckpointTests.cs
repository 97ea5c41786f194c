namespace LoopLynx.Host.Tests;

public class Gpt2CheckpointTests
{
    [Theory]
    [InlineData("transformer.")]
    [InlineData("")]
    public void LoadsWithAndWithoutThePrefix(string prefix)
    {
        using var directory = new TempDirectory();
        Checkpoint checkpoint = Checkpoint.Load(new TinyCheckpoint { Prefix = prefix }.Write(directory));
        Assert.Equal(TinyCheckpoint.Shape, checkpoint.Config.Description);
        Assert.Equal(2, checkpoint.Layers.Count);
        Assert.Equal((24, 8), (checkpoint.Layers[1].Matrix("QKV").Weight.Rows, checkpoint.Layers[1].Matrix("QKV").Weight.Columns));
        Assert.Same(checkpoint.TokenEmbedding, checkpoint.LmHead);
    }

    [Fact]
    public void LinearWeightsAreTransposed()
    {
        using var directory = new TempDirectory();
        Checkpoint checkpoint = Checkpoint.Load(new TinyCheckpoint().Write(directory));
        using var file = new SafeTensorsFile(directory.File("model.safetensors"));
        float[] stored = file.Read("transformer.h.1.mlp.c_fc.weight");
        FloatMatrix loaded = checkpoint.Layers[1].Matrix("FC1").Weight;
        for (int output = 0; output < 12; output++)
            for (int input = 0; input < 8; input++)
                Assert.Equal(stored[input * 12 + output], loaded.Row(output)[input]);
    }

    [Theory]
    [InlineData(",\"tie_word_embeddings\":false", true, false)]
    [InlineData(",\"tie_word_embeddings\":false", false, true)]
    [InlineData("", true, true)]
    public void TheHeadIsTiedUnlessTheConfigurationAndTheFileSaySo(string fields, bool separate, bool tied)
    {
        using var directory = new TempDirectory();
        Checkpoint checkpoint = Checkpoint.Load(new TinyCheckpoint { ConfigFields = fields, SeparateHead = separate }.Write(directory));
        Assert.Equal(tied, ReferenceEquals(checkpoint.TokenEmbedding, checkpoint.LmHead));
    }

    [Fact]
    public void MissingTensor()
    {
        using var directory = new TempDirectory();
        new TinyCheckpoint { Keep = name => name != "h.1.ln_2.bias" }.Write(directory);
        Expect.Error($"{directory.File("model.safetensors")}: tensor \"transformer.h.1.ln_2.bias\" is missing; the file is not a complete GPT-2 checkpoint: export it again",
            () => Checkpoint.Load(directory.Path));
    }

    [Fact]
    public void AMissingEmbeddingIsNamedWithTheFilesPrefix()
    {
        using var directory = new TempDirectory();
        new TinyCheckpoint { Keep = name => name != "wte.weight" }.Write(directory);
        Expect.Error($"{directory.File("model.safetensors")}: tensor \"transformer.wte.weight\" is missing; the file is not a complete GPT-2 checkpoint: export it again",
            () => Checkpoint.Load(directory.Path));
    }

    [Fact]
    public void ATiedEmbeddingMayBeStoredUnderTheHeadsName()
    {
        using var directory = new TempDirectory();
        Checkpoint checkpoint = Checkpoint.Load(new TinyCheckpoint { SeparateHead = true, Keep = name => name != "wte.weight" }.Write(directory));
        using var file = new SafeTensorsFile(directory.File("model.safetensors"));
        Assert.Equal(file.Read("lm_head.weight"), checkpoint.TokenEmbedding.Data);
        Assert.Same(checkpoint.TokenEmbedding, checkpoint.LmHead);
        Assert.Empty(checkpoint.Warnings);
    }

    [Fact]
    public void LayersThatTheConfigurationDoesNotHaveAreRefused()
    {
        using var directory = new TempDirectory();
        new TinyCheckpoint().Write(directory);
        directory.Write("config.json", File.ReadAllText(directory.File("config.json")).Replace("\"n_layer\":2", "\"n_layer\":1"));
        Expect.Error($"{directory.File("model.safetensors")}: tensor \"transformer.h.1.ln_1.weight\" belongs to a layer that config.json does not have (n_layer is 1); use the config.json of this checkpoint",
            () => Checkpoint.Load(directory.Path));
    }

    [Fact]
    public void WhatIsNotUsedIsSaid()
    {
        using var directory = new TempDirectory();
        Checkpoint checkpoint = Checkpoint.Load(new TinyCheckpoint { SeparateHead = true }.Write(directory));
        Assert.Equal(["tensor \"lm_head.weight\" differs from the token embedding, but config.json ties the two: it is not used"], checkpoint.Warnings);
    }

    [Fact]
    public void WrongShape()
    {
        using var directory = new TempDirectory();
        new TinyCheckpoint { Reshape = (name, shape) => name == "h.0.attn.c_attn.weight" ? [24, 8] : shape }.Write(directory);
        Expect.Error($"{directory.File("model.safetensors")}: tensor \"transformer.h.0.attn.c_attn.weight\" has the shape [24, 8] where config.json asks for [8, 24]; use the config.json of this checkpoint",
            () => Checkpoint.Load(directory.Path));
    }

    [Fact]
    public void MissingDirectory()
    {
        using var directory = new TempDirectory();
        string path = directory.File("none");
        Expect.Error($"{path}: the model directory does not exist; name a directory with config.json and model.safetensors", () => Checkpoint.Load(path));
    }
}
