using System.Numerics;

namespace LoopLynx.Host.Tests;

/// <summary>Blocks that no shipped family has, described here alone: their golden integers against plain arithmetic in the order that this file writes down.</summary>
public class BlockTests
{
    private static readonly ModelDescription Tiny = new(2, 2, 32, 12, 40, 64);

    private static OperationTable WithWithoutMean => OperationTable.Default.With<NormaliseWithoutMean>(new WithoutMean());

    [Fact]
    public void A_parallel_block() => Check(SyntheticModel.Create(Tiny with { Family = new ParallelFamily() }, 5), model => new PlainParallel(model));

    [Fact]
    public void The_feed_forward_half_twice() => Check(SyntheticModel.Create(Tiny with { Family = new TwiceFamily() }, 6), model => new PlainTwice(model));

    [Fact]
    public void A_third_norm() => Check(SyntheticModel.Create(Tiny with { Family = new ThirdNormFamily() }, 7), model => new PlainThirdNorm(model));

    [Fact]
    public void A_norm_of_the_tests_own() =>
        Check(SyntheticModel.Create(Tiny with { Family = new WithoutMeanFamily() }, NumericPlan.Int8, 8, WithWithoutMean), model => new PlainWithoutMean(model));

    [Fact]
    public void A_norm_without_an_entry_of_its_own_is_the_one_that_it_derives_from()
    {
        var model = SyntheticModel.Create(Tiny with { Family = new WithoutMeanFamily() }, 8);
        Check(model, m => new PlainModel(m));
    }

    [Fact]
    public void An_operation_that_nothing_computes_is_named()
    {
        var error = Assert.Throws<HostException>(() => OperationTable.Default[new Unknown()]);
        Assert.Equal("nothing computes the operation \"unknown\"; add an entry for Unknown to the operation table", error.Message);
    }

    [Fact]
    public void Activations_keys_and_values_of_6_bits()
    {
        var model = SyntheticModel.Create(Tiny, SixBits, 9);
        var trace = Check(model, m => new PlainModel(m, activation: 31, query: 127, keyValue: 31));

        // A good part of 6 bits is used, nothing lies outside, and queries keep their 8 bits.
        var activations = trace.Layers.SelectMany(layer => new[] { "Norm1", "Attention", "Norm2", "FeedForward1" }.SelectMany(step => layer[step].Stored.Values)).ToArray();
        Assert.Contains(activations, v => Math.Abs(v) > 15);
        Assert.All(activations, v => Assert.InRange(v, -31, 31));
        Assert.Contains(trace.Layers[0]["Qkv"].Stored.Values, v => Math.Abs(v) > 31);
        Assert.Equal(["s8", "s6", "s6"], trace.Layers[0]["Qkv"].Stored.Formats.Select(f => f.ToString()));
    }

    [Fact]
    public void A_cache_of_6_bits_lies_in_8_bit_containers()
    {
        var cache = new KvCache(Tiny, SixBits);
        cache.FillSynthetic(7, 3);
        var map = Maps.Of(Tiny, 2, 8, plan: SixBits);
        byte[][] channels = [.. Enumerable.Range(0, 2).Select(_ => new byte[map.ChannelBytes])];
        KvCacheImage.Write(new ArrayMemory(channels), map, cache, 7);
        var values = channels.SelectMany(c => c.Skip((int)map.Cache.Base)).Select(b => (sbyte)b).ToArray();
        Assert.All(values, v => Assert.InRange(v, -31, 31));
        Assert.Contains(values, v => v < -15);
        var back = new KvCache(Tiny, SixBits);
        KvCacheImage.Read(new ArrayMemory(channels), map, back, 7);
        Assert.Equal(cache.Keys(1, 1).ToArray(), back.Keys(1, 1).ToArray());
        Assert.Equal(cache.Values(1, 1).ToArray(), back.Values(1, 1).ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Images_of_other_blocks_are_where_the_format_says(int nodes)
    {
        var parallel = SyntheticModel.Create(Tiny with { Family = new ParallelFamily() }, 5);
        var twice = SyntheticModel.Create(Tiny with { Family = new TwiceFamily() }, 6);
        var third = SyntheticModel.Create(Tiny with { Family = new ThirdNormFamily() }, 7);
        for (var node = 0; node < nodes; node++)
        {
            CheckImage(parallel, PlainImage.Build(parallel, ["Norm1"], ["FeedForward1"], ["QKV", "O", "FC1", "FC2"], 4, 16, nodes, node), nodes, node);
            CheckImage(twice, PlainImage.Build(twice, ["Norm1", "Norm2", "Norm3"], ["FeedForward1", "FeedForward3"], ["QKV", "O", "FC1", "FC2", "FC3", "FC4"], 4, 16, nodes, node), nodes, node);
            CheckImage(third, PlainImage.Build(third, ["Norm1", "Norm2", "Norm3"], ["FeedForward1"], ["QKV", "O", "FC1", "FC2"], 4, 16, nodes, node), nodes, node);
        }
    }

    [Fact]
    public void The_reader_finds_every_norm_and_table_of_a_longer_block()
    {
        var model = SyntheticModel.Create(Tiny with { Family = new TwiceFamily() }, 6);
        var map = Maps.Of(model.Description, 4, 16);
        var read = new MemoryImageReader(new ArrayMemory(MemoryImage.Build(model, map)), map).Layer(1);
        foreach (var norm in new[] { "Norm1", "Norm2", "Norm3" })
        {
            Assert.Equal(model.Layers[1].Norm(norm).Gamma, read.Norm(norm).Gamma);
            Assert.Equal((model.Layers[1].Norm(norm).GammaBits, model.Layers[1].Norm(norm).Epsilon), (read.Norm(norm).GammaBits, read.Norm(norm).Epsilon));
        }

        Assert.Equal(model.Layers[1].Table("FeedForward3").Bases, read.Table("FeedForward3").Bases);
        Assert.Equal(model.Layers[1].Matrix("FC4").Weights, read.Matrix("FC4").Weights);
    }

    [Fact]
    public void Norms_of_a_block_share_one_epsilon()
    {
        var model = SyntheticModel.Create(Tiny, 1);
        var parameters = new Dictionary<string, IStepParameters>(model.Layers[0].Parameters) { ["Norm2"] = model.Layers[0].Norm("Norm2") with { Epsilon = 7 } };
        var broken = new QuantizedModel
        {
            Description = Tiny,
            FractionBits = 10,
            Layers = [new QuantizedLayer(parameters, model.Layers[0].Matrices), model.Layers[1]],
            FinalNorm = model.FinalNorm,
            LmHead = model.LmHead,
            Embedding = model.Embedding,
        };
        Assert.StartsWith("All norms of a block share one epsilon.", Assert.Throws<ArgumentException>(() => MemoryImage.Build(broken, Maps.Of(Tiny, 2, 8))).Message);
    }

    private static NumericPlan SixBits => NumericPlan.Int8 with
    {
        Activation = NumericPlan.Int8.Activation with { Bits = 6 },
        Key = NumericPlan.Int8.Key with { Bits = 6 },
        Value = NumericPlan.Int8.Value with { Bits = 6 },
    };

    /// <summary>Runs a whole context on both; gives the trace of the last token.</summary>
    private static GoldenTrace Check(QuantizedModel model, Func<QuantizedModel, PlainModel> plainly)
    {
        var (golden, plain) = (new GoldenModel(model), plainly(model));
        var trace = new GoldenTrace(model.Description);
        for (var position = 0; position < Tiny.Context; position++)
        {
            var embedding = model.Embed(position * 7 % 40, position);
            Assert.Equal(plain.Step(embedding), golden.Step(embedding, position, trace).Select(v => (BigInteger)v));
        }

        return trace;
    }

    private static void CheckImage(QuantizedModel model, byte[][] plain, int nodes, int node)
    {
        var image = MemoryImage.Build(model, Maps.Of(model.Description, 4, 16, nodes), node);
        for (var channel = 0; channel < plain.Length; channel++)
        {
            Assert.True(image[channel].AsSpan().StartsWith(plain[channel]), $"channel {channel} differs at byte {image[channel].AsSpan().CommonPrefixLength(plain[channel])}");
            Assert.False(image[channel].AsSpan(plain[channel].Length).ContainsAnyExcept((byte)0));
        }
    }

    private sealed record Unknown : Operation
    {
        public override string Text => "unknown";
    }

    private sealed class PlainParallel(QuantizedModel model) : PlainModel(model)
    {
        protected override BigInteger[] Layer(int layer, QuantizedLayer w, BigInteger[] x)
        {
            var normed = Norm(x, w.Norm("Norm1"));
            return Add(Add(x, Delta(w.Matrix("O"), Attention(layer, w, normed))), FeedForward(w, "FC1", "FeedForward1", "FC2", normed));
        }
    }

    private sealed class PlainTwice(QuantizedModel model) : PlainModel(model)
    {
        protected override BigInteger[] Layer(int layer, QuantizedLayer w, BigInteger[] x)
        {
            x = base.Layer(layer, w, x);
            return Add(x, FeedForward(w, "FC3", "FeedForward3", "FC4", Norm(x, w.Norm("Norm3"))));
        }
    }

    private sealed class PlainThirdNorm(QuantizedModel model) : PlainModel(model)
    {
        protected override BigInteger[] Layer(int layer, QuantizedLayer w, BigInteger[] x)
        {
            x = Add(x, Delta(w.Matrix("O"), Attention(layer, w, Norm(x, w.Norm("Norm1")))));
            return Add(x, FeedForward(w, "FC1", "FeedForward1", "FC2", Norm(x, w.Norm("Norm3"))));
        }
    }

    private sealed class PlainWithoutMean(QuantizedModel model) : PlainModel(model)
    {
        protected override BigInteger[] Norm(BigInteger[] x, QuantizedNorm norm)
        {
            var w = (x.Length * x.Aggregate(BigInteger.Zero, (sum, v) => sum + (v * v))) + norm.Epsilon;
            var k = ((int)w.GetBitLength() - 1) / 2;
            var m = 2 * k >= 16 ? w >> ((2 * k) - 16) : w << (16 - (2 * k));
            BigInteger seed = (int)Math.Round(65536 / Math.Sqrt(((int)(m >> 10) + 0.5) / 64));
            var root = RoundShift(seed * ((3 * 65536) - RoundShift(m * ((seed * seed) >> 16), 16)), 17);
            return [.. x.Select((v, i) =>
            {
                var t = k > 12 ? RoundShift(x.Length * v, k - 12) : (x.Length * v) << (12 - k);
                return Clip(RoundShift((RoundShift(t * root, 16) * norm.Gamma[i]) + ((BigInteger)norm.Beta[i] << (6 + norm.GammaBits)), 12 + norm.GammaBits), -127, 127);
            })];
        }
    }
}
