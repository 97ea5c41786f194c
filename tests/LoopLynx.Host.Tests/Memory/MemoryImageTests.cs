namespace LoopLynx.Host.Tests;

public class MemoryImageTests(ShakespeareFixture fixture)
{
    [Fact]
    public void EveryByteOfTheStreamIsWhereTheFormatSays()
    {
        foreach (MemoryMap map in MemoryMapTests.Layouts())
        {
            QuantizedModel model = SyntheticModel.Create(map.Program.Model, 3);
            for (int node = 0; node < map.Machine.Nodes; node++)
                Check(MemoryImage.Build(model, map, node), PlainImage.Build(model, map.Machine.Channels, map.Machine.LayoutBeatBytes, map.Machine.Nodes, node), map);
        }
    }

    [Fact]
    public void EveryByteOfTheShippedModel()
    {
        MemoryMap map = Maps.Of(ModelDescription.Shakespeare, 8, 32);
        Check(MemoryImage.Build(fixture.Model.Quantized, map), PlainImage.Build(fixture.Model.Quantized, 8, 32), map);
    }

    [Fact]
    public void TheReaderRebuildsTheModel()
    {
        foreach (MemoryMap map in MemoryMapTests.Layouts())
            for (int node = 0; node < map.Machine.Nodes; node++)
            {
                QuantizedModel model = SyntheticModel.Create(map.Program.Model, 4);
                var reader = new MemoryImageReader(new ArrayMemory(MemoryImage.Build(model, map, node)), map);
                for (int l = 0; l < map.Cache.Layers; l++)
                {
                    QuantizedLayer layer = model.Layers[l], read = reader.Layer(l);
                    int heads = map.Program.Model.QueryHeads / map.Machine.Nodes;
                    Same(layer.Norm("Norm1"), read.Norm("Norm1"));
                    Same(layer.Norm("Norm2"), read.Norm("Norm2"));
                    Assert.Equal(layer.Table("FeedForward1").Bases, read.Table("FeedForward1").Bases);
                    Assert.Equal(layer.Table("FeedForward1").Slopes, read.Table("FeedForward1").Slopes);
                    Assert.Equal(layer.Attention("Attention").Heads.Skip(node * heads).Take(heads), read.Attention("Attention").Heads);
                    Same(layer.Matrix("QKV"), read.Matrix("QKV"), node);
                    Same(layer.Matrix("O"), read.Matrix("O"), node);
                    Same(layer.Matrix("FC1"), read.Matrix("FC1"), node);
                    Same(layer.Matrix("FC2"), read.Matrix("FC2"), node);
                }
            }
    }

    [Fact]
    public void AGroupHoldsItsConstantsThenItsRows()
    {
        // 32 lanes: four rows a group. Channel 1 of 2 has the rows 1, 3, 5, 7 first.
        var shape = new ModelDescription(1, 2, 64, 8, 10, 64);
        QuantizedModel model = SyntheticModel.Create(shape);
        MemoryMap map = Maps.Of(shape, 2, 32);
        byte[] channel = MemoryImage.Build(model, map)[1];
        int at = (int)map["QKV"].Offset * 32;
        Assert.Equal(model.Layers[0].Matrix("QKV").Bias[3], BitConverter.ToInt32(channel, at + 8));
        Assert.Equal(model.Layers[0].Matrix("QKV").Scale[5].Packed, BitConverter.ToUInt32(channel, at + 16 + 4));
        Assert.Equal(model.Layers[0].Matrix("QKV").Row(7)[33], (sbyte)channel[at + 32 + 3 * 64 + 33]);
        Assert.Equal(model.Layers[0].Matrix("QKV").Bias[9], BitConverter.ToInt32(channel, at + 32 + 4 * 64));
    }

    [Fact]
    public void KvCacheBytesAreWhereTheFormatSays()
    {
        foreach (MemoryMap map in MemoryMapTests.Layouts())
            for (int node = 0; node < map.Machine.Nodes; node++)
            {
                KvCache cache = Filled(map.Program.Model, 9);
                byte[][] channels = Empty(map);
                KvCacheImage.Write(new ArrayMemory(channels), map, cache, 9, node);

                int d = map.Program.Model.HeadWidth, written = 0;
                int holders = map.Machine.KvChannels == 0 ? map.Machine.Channels : map.Machine.KvChannels, super = holders * map.Machine.LayoutBeatBytes;
                for (int layer = 0; layer < map.Cache.Layers; layer++)
                    for (int head = 0; head < map.Cache.Heads; head++)
                        foreach (bool isValue in new[] { false, true })
                            for (int p = 0; p < 9; p++)
                                for (int c = 0; c < d; c++, written++)
                                {
                                    // Byte i of a row is lane i % L of channel i / L of those that hold keys, or values: all, or values behind keys.
                                    int row = d <= super ? p / (super / d) : isValue ? c / super * map.Cache.Context + p : p * (d / super) + c / super;
                                    int i = d <= super ? p % (super / d) * d + c : c % super;
                                    long area = map.Machine.KvChannels == 0 ? (layer * map.Cache.Heads + head) * 2 + (isValue ? 1 : 0) : layer * map.Cache.Heads + head;
                                    long address = map.Cache.Base + (area * map.Cache.Rows + row) * map.Machine.LayoutBeatBytes;
                                    int first = map.Machine.KvChannels > 0 && isValue ? map.Machine.KvChannels : 0;
                                    int modelHead = node * map.Cache.Heads + head;
                                    short expected = (isValue ? cache.Values(layer, modelHead) : cache.Keys(layer, modelHead))[p * d + c];
                                    Assert.Equal(expected, (sbyte)channels[first + i / map.Machine.LayoutBeatBytes][address + i % map.Machine.LayoutBeatBytes]);
                                }
                Assert.Equal(map.Cache.Layers * map.Cache.Heads * 2 * 9 * d, written);
                Assert.All(channels, channel => Assert.DoesNotContain(channel[..(int)map.Cache.Base], b => b != 0));

                // Channels without keys or values have nothing written at all.
                Assert.All(channels.Skip(map.Machine.KvChannels == 0 ? map.Machine.Channels : 2 * map.Machine.KvChannels), channel => Assert.DoesNotContain(channel, b => b != 0));

                var back = new KvCache(map.Program.Model);
                KvCacheImage.Read(new ArrayMemory(channels), map, back, 9, node);
                Assert.Equal(9, back.Length);
                byte[][] again = Empty(map);
                KvCacheImage.Write(new ArrayMemory(again), map, back, 9, node);
                Assert.Equal(channels, again);
            }
    }

    [Fact]
    public void AGoldenModelGoesOnFromAnImage()
    {
        MemoryMap map = Maps.Of(ModelDescription.Shakespeare, 8, 32);
        var first = new GoldenModel(fixture.Model.Quantized);
        foreach (int token in fixture.Model.Tokenizer.Encode("Shall I compare thee"))
            first.Step(token);
        byte[][] channels = MemoryImage.Build(fixture.Model.Quantized, map);
        KvCacheImage.Write(new ArrayMemory(channels), map, first.Cache, first.Cache.Length);
        var second = new GoldenModel(fixture.Model.Quantized);
        KvCacheImage.Read(new ArrayMemory(channels), map, second.Cache, first.Cache.Length);
        Assert.Equal(first.Step(9), second.Step(9));
    }

    [Fact]
    public void TheMapMustBeForTheModel() => Assert.Throws<ArgumentException>(
        () => MemoryImage.Build(fixture.Model.Quantized, Maps.Of(ModelDescription.Shakespeare with { Layers = 3 }, 8, 32)));

    private static void Check(byte[][] image, byte[][] plain, MemoryMap map)
    {
        Assert.Equal(map.Machine.Channels, image.Length);
        for (int channel = 0; channel < image.Length; channel++)
        {
            Assert.Equal(map.WeightBeats * map.Machine.LayoutBeatBytes, plain[channel].Length);
            Assert.Equal(map.ChannelBytes, image[channel].Length);
            Assert.True(image[channel].AsSpan().StartsWith(plain[channel]), $"channel {channel} differs at byte {image[channel].AsSpan().CommonPrefixLength(plain[channel])}");
            Assert.False(image[channel].AsSpan(plain[channel].Length).ContainsAnyExcept((byte)0));
        }
    }

    private static void Same(QuantizedNorm expected, QuantizedNorm actual)
    {
        Assert.Equal(expected.Gamma, actual.Gamma);
        Assert.Equal(expected.Beta, actual.Beta);
        Assert.Equal((expected.GammaBits, expected.Epsilon), (actual.GammaBits, actual.Epsilon));
    }

    private static void Same(QuantizedMatrix whole, QuantizedMatrix part, int node)
    {
        int first = node * part.Rows;
        Assert.Equal(whole.Weights.AsSpan(first * whole.Columns, part.Weights.Length).ToArray(), part.Weights);
        Assert.Equal(whole.Bias[first..(first + part.Rows)], part.Bias);
        Assert.Equal(whole.Scale[first..(first + part.Rows)], part.Scale);
    }

    private static KvCache Filled(ModelDescription shape, int positions)
    {
        var cache = new KvCache(shape);
        cache.FillSynthetic(positions, 6);
        return cache;
    }

    private static byte[][] Empty(MemoryMap map) => [.. Enumerable.Range(0, map.Machine.Channels).Select(_ => new byte[map.ChannelBytes])];
}
