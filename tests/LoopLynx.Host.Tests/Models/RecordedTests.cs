using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LoopLynx.Host.Tests;

/// <summary>Memory images, golden integers and perplexities are those that were recorded; the hashes are not made by the code under test.</summary>
public class RecordedTests(ShakespeareFixture fixture)
{
    private const int HashDigits = 16;

    private static readonly ModelDescription Small = new(2, 4, 64, 11, 40, 128);

    [Fact]
    public void The_image_of_the_shipped_model() =>
        Assert.Equal("f8e3d354747f9128", Hash(MemoryImage.Build(fixture.Model.Quantized, Maps.Of(ModelDescription.Shakespeare, 8, 32))));

    [Theory]
    [InlineData(SoftmaxMode.Precise, "56d33c59223d4d4c", 21.60307561041597, 21.58473778328805, 0.9699248120300752)]
    [InlineData(SoftmaxMode.Paper, "75056c03753eec7e", 21.60307561041597, 21.64871185532303, 0.9448621553884712)]
    public void The_shipped_models_hidden_states_logits_and_perplexities(SoftmaxMode mode, string states, double float32, double integer, double agreement)
    {
        int[] ids = [.. fixture.Model.Tokenizer.Encode(File.ReadAllText(Repository.Sonnets)).Take(400)];
        var golden = new GoldenModel(fixture.Model.Quantized, mode);
        var values = new List<int>();
        foreach (var id in ids.Take(60))
        {
            var hidden = golden.Step(id);
            values.AddRange(hidden);
            values.AddRange(golden.Logits(hidden));
        }

        Assert.Equal(states, Hash(values));
        var quality = Perplexity.Compare(fixture.Model.Checkpoint, fixture.Model.Quantized, ids, mode);
        Assert.Equal(new QualityResult(float32, integer, agreement, 399, quality.Saturations), quality);
    }

    [Theory]
    [InlineData(4, 8, 8, 1, 0, "6e271026dffdd8af", "e62c48a6ee08e726")]
    [InlineData(4, 4, 16, 1, 0, "6d63d68a0bed5430", "e62c48a6ee08e726")]
    [InlineData(4, 2, 8, 4, 0, "daa54a0982e94aee", "e62c48a6ee08e726")]
    [InlineData(1, 2, 8, 1, 0, "082f7cd045c04a88", "62867fdc8da47345")]
    [InlineData(3, 4, 16, 3, 0, "2aea6b58e5fac873", "31eacdd1d0543b7d")]
    [InlineData(4, 8, 8, 2, 2, "3940892318b46c0d", "e62c48a6ee08e726")]
    public void Random_models_their_images_with_a_past_and_their_states(int heads, int channels, int lanes, int nodes, int kvChannels, string image, string states)
    {
        var description = heads == 3 ? new ModelDescription(2, 3, 48, 11, 40, 96) : Small with { QueryHeads = heads };
        var model = SyntheticModel.Create(description, 3);
        var map = Maps.Of(description, channels, lanes, nodes, kvChannels);
        var golden = new GoldenModel(model);
        golden.Cache.FillSynthetic(5, 6);
        var hidden = golden.Step(model.Embed(7, 5), 5);
        var memory = new List<byte[]>();
        for (var node = 0; node < nodes; node++)
        {
            var channelsOfNode = MemoryImage.Build(model, map, node);
            KvCacheImage.Write(new ArrayMemory(channelsOfNode), map, golden.Cache, 6, node);
            memory.AddRange(channelsOfNode);
        }

        Assert.Equal(image, Hash([.. memory]));
        Assert.Equal(states, Hash([.. hidden, .. golden.Logits(hidden)]));
    }

    private static string Hash(byte[][] channels) => Convert.ToHexStringLower(SHA256.HashData(channels.SelectMany(c => c).ToArray()))[..HashDigits];

    private static string Hash(IEnumerable<int> values) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values.ToArray().AsSpan())))[..HashDigits];
}
