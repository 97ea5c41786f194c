using System.Text.Json;

namespace LoopLynx.Host.Tests;

public class Float32ModelTests(ShakespeareFixture fixture)
{
    private static readonly JsonElement reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.ShakespeareModel, "reference.json"))).RootElement;

    private readonly Checkpoint checkpoint = fixture.Model.Checkpoint;

    [Fact]
    public void LogitsAreTheReferences()
    {
        float[] expected = [.. reference.GetProperty("last_logits").EnumerateArray().Select(v => v.GetSingle())];
        float[] logits = new Float32Model(checkpoint).Forward(Ids("prompt_ids"));
        Assert.Equal(expected.Length, logits.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.InRange(logits[i] - expected[i], -1e-3, 1e-3);
    }

    [Fact]
    public void GreedyTextIsTheReferences()
    {
        var model = new Float32Model(checkpoint);
        var ids = new List<int>();
        float[] logits = model.Forward(Ids("prompt_ids"));
        for (int i = 0; i < 48; i++)
        {
            ids.Add(Sampler.Greedy<float>(logits));
            logits = model.Forward([ids[^1]]);
        }
        Assert.Equal(Ids("greedy_ids"), ids);
    }

    [Fact]
    public void OneTokenAtATimeIsTheSameAsAllAtOnce()
    {
        int[] ids = [.. fixture.Model.Tokenizer.Encode(File.ReadAllText(Repository.Sonnets)).Take(70)];
        var (serial, chunked) = (new Float32Model(checkpoint, 70), new Float32Model(checkpoint));
        float[] all = chunked.ForwardAll(ids);
        for (int t = 0; t < ids.Length; t++)
            Assert.Equal(all[(t * 512)..((t + 1) * 512)], serial.Forward([ids[t]]));
        chunked.Reset();
        Assert.Equal(all[(69 * 512)..], chunked.Forward(ids));
    }

    [Fact]
    public void RefusesWhatIsOutOfRange()
    {
        Expect.Error("token id 512 is outside the model's vocabulary of 512; use the tokenizer of the model", () => new Float32Model(checkpoint).Forward([512]));
        Expect.Error("the sequence would have 257 tokens but the model's context is 256; shorten the text", () => new Float32Model(checkpoint).Forward(new int[257]));
    }

    private static int[] Ids(string name) => [.. reference.GetProperty(name).EnumerateArray().Select(v => v.GetInt32())];
}
