using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LoopLynx.Host.Tests;

public class RecordedTests(ShakespeareFixture fixture)
{
    [Fact]
    public void Print()
    {
        var text = new System.Text.StringBuilder();
        void Line(string name, string value) => text.AppendLine($"{name} {value}");
        QuantizedModel shipped = fixture.Model.Quantized;
        Line("image shakespeare 8 32", Hash(MemoryImage.Build(shipped, Maps.Of(ModelDescription.Shakespeare, 8, 32))));
        int[] ids = [.. fixture.Model.Tokenizer.Encode(File.ReadAllText(Repository.Sonnets)).Take(400)];
        foreach (SoftmaxMode mode in new[] { SoftmaxMode.Precise, SoftmaxMode.Paper })
        {
            var golden = new GoldenModel(shipped, mode);
            var values = new List<int>();
            foreach (int id in ids.Take(60))
            {
                int[] hidden = golden.Step(id);
                values.AddRange(hidden);
                values.AddRange(golden.Logits(hidden));
            }
            Line($"golden shakespeare {mode}", Hash(values));
            QualityResult q = Perplexity.Compare(fixture.Model.Checkpoint, shipped, ids, mode);
            Line($"quality {mode}", $"{q.Float32:R} {q.Integer:R} {q.Top1Agreement:R} {q.Tokens}");
        }
        var shape = new ModelDescription(2, 4, 64, 11, 40, 128);
        foreach ((ModelDescription s, int c, int l, int n, int kv) in new[] { (shape, 8, 8, 1, 0), (shape, 4, 16, 1, 0), (shape, 2, 8, 4, 0), (shape with { QueryHeads = 1 }, 2, 8, 1, 0), (new ModelDescription(2, 3, 48, 11, 40, 96), 4, 16, 3, 0), (shape, 8, 8, 2, 2) })
        {
            QuantizedModel m = SyntheticModel.Create(s, 3);
            MemoryMap map = Maps.Of(s, c, l, n, kv);
            var golden = new GoldenModel(m);
            golden.Cache.FillSynthetic(5, 6);
            int[] hidden = golden.Step(m.Embed(7, 5), 5);
            var all = new List<byte[]>();
            for (int node = 0; node < n; node++)
            {
                byte[][] image = MemoryImage.Build(m, map, node);
                KvCacheImage.Write(new ArrayMemory(image), map, golden.Cache, 6, node);
                all.AddRange(image);
            }
            Line($"synthetic {s.QueryHeads} {c} {l} {n} {kv}", Hash([.. all]) + " " + Hash([.. hidden, .. golden.Logits(hidden)]));
        }
        File.WriteAllText("/tmp/host-recorded2.txt", text.ToString());
    }

    private static string Hash(byte[][] channels) => Convert.ToHexStringLower(SHA256.HashData(channels.SelectMany(c => c).ToArray()))[..16];

    private static string Hash(IEnumerable<int> values) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values.ToArray().AsSpan())))[..16];
}
