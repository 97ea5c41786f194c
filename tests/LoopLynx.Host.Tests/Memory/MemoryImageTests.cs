namespace LoopLynx.Host.Tests;

public class MemoryImageTests(ShakespeareFixture fixture)
{
    [Fact]
    public void EveryByteOfTheStreamIsWhereTheFormatSays()
    {
        foreach (MemoryLayout layout in MemoryLayoutTests.Layouts())
        {
            QuantizedModel model = SyntheticModel.Create(layout.Shape, 3);
            for (int node = 0; node < layout.Nodes; node++)
                Check(MemoryImage.Build(model, layout, node), PlainImage.Build(model, layout.Channels, layout.Lanes, layout.Nodes, node), layout);
        }
    }

    [Fact]
    public void EveryByteOfTheShippedModel()
    {
        var layout = new MemoryLayout(ModelShape.Shakespeare, 8, 32);
        Check(MemoryImage.Build(fixture.Model.Quantized, layout), PlainImage.Build(fixture.Model.Quantized, 8, 32), layout);
    }

    [Fact]
    public void TheReaderRebuildsTheModel()
    {
        foreach (MemoryLayout layout in MemoryLayoutTests.Layouts())
            for (int node = 0; node < layout.Nodes; node++)
            {
                QuantizedModel model = SyntheticModel.Create(layout.Shape, 4);
                var reader = new MemoryImageReader(MemoryImage.Build(model, layout, node), layout);
                for (int l = 0; l < layout.Shape.Layers; l++)
                {
                    QuantizedLayer layer = model.Layers[l];
                    Same(layer.Norm1, reader.Norm1(l));
                    Same(layer.Norm2, reader.Norm2(l));
                    Assert.Equal(layer.Gelu.Bases, reader.Gelu(l).Bases);
                    Assert.Equal(layer.Gelu.Slopes, reader.Gelu(l).Slopes);
                    Assert.Equal(layer.Heads.Skip(node * layout.Heads).Take(layout.Heads), reader.Heads(l));
                    Same(layer.Qkv, reader.Matrix(l, layout.Qkv), node);
                    Same(layer.Output, reader.Matrix(l, layout.Output), node);
                    Same(layer.FeedForward1, reader.Matrix(l, layout.FeedForward1), node);
                    Same(layer.FeedForward2, reader.Matrix(l, layout.FeedForward2), node);
                }
            }
    }

    [Fact]
    public void AGroupHoldsItsConstantsThenItsRows()
    {
        // 32 lanes: four rows a group. Channel 1 of 2 has the rows 1, 3, 5, 7 first.
        var shape = new ModelShape(1, 2, 64, 8, 10, 64);
        QuantizedModel model = SyntheticModel.Create(shape);
        var layout = new MemoryLayout(shape, 2, 32);
        byte[] channel = MemoryImage.Build(model, layout)[1];
        int at = (int)layout.Qkv.Section.Offset * 32;
        Assert.Equal(model.Layers[0].Qkv.Bias[3], BitConverter.ToInt32(channel, at + 8));
        Assert.Equal(model.Layers[0].Qkv.Scale[5].Packed, BitConverter.ToUInt32(channel, at + 16 + 4));
        Assert.Equal(model.Layers[0].Qkv.Row(7)[33], (sbyte)channel[at + 32 + 3 * 64 + 33]);
        Assert.Equal(model.Layers[0].Qkv.Bias[9], BitConverter.ToInt32(channel, at + 32 + 4 * 64));
    }

    [Fact]
    public void KvCacheBytesAreWhereTheFormatSays()
    {
        foreach (MemoryLayout layout in MemoryLayoutTests.Layouts())
            for (int node = 0; node < layout.Nodes; node++)
            {
                KvCache cache = Filled(layout.Shape, 9);
                byte[][] channels = Empty(layout);
                KvCacheImage.Write(channels, layout, cache, 9, node);

                int d = layout.Shape.HeadDim, written = 0;
                int holders = layout.KvChannels == 0 ? layout.Channels : layout.KvChannels, super = holders * layout.Lanes;
                for (int layer = 0; layer < layout.Shape.Layers; layer++)
                    for (int head = 0; head < layout.Heads; head++)
                        foreach (bool isValue in new[] { false, true })
                            for (int p = 0; p < 9; p++)
                                for (int c = 0; c < d; c++, written++)
                                {
                                    // Byte i of a row is lane i % L of channel i / L of those that hold keys, or values: all, or values behind keys.
                                    int row = d <= super ? p / (super / d) : isValue ? c / super * layout.Shape.Context + p : p * (d / super) + c / super;
                                    int i = d <= super ? p % (super / d) * d + c : c % super;
                                    long area = layout.KvChannels == 0 ? (layer * layout.Heads + head) * 2 + (isValue ? 1 : 0) : layer * layout.Heads + head;
                                    long address = layout.KvBase + (area * layout.KvRows + row) * layout.Lanes;
                                    int first = layout.KvChannels > 0 && isValue ? layout.KvChannels : 0;
                                    int modelHead = node * layout.Heads + head;
                                    sbyte expected = (isValue ? cache.Values(layer, modelHead) : cache.Keys(layer, modelHead))[p * d + c];
                                    Assert.Equal(expected, (sbyte)channels[first + i / layout.Lanes][address + i % layout.Lanes]);
                                }
                Assert.Equal(layout.Shape.Layers * layout.Heads * 2 * 9 * d, written);
                Assert.All(channels, channel => Assert.DoesNotContain(channel[..(int)layout.KvBase], b => b != 0));

                // Channels without keys or values have nothing written at all.
                Assert.All(channels.Skip(layout.KvChannels == 0 ? layout.Channels : 2 * layout.KvChannels), channel => Assert.DoesNotContain(channel, b => b != 0));

                var back = new KvCache(layout.Shape);
                KvCacheImage.Read(channels, layout, back, 9, node);
                Assert.Equal(9, back.Length);
                byte[][] again = Empty(layout);
                KvCacheImage.Write(again, layout, back, 9, node);
                Assert.Equal(channels, again);
            }
    }

    [Fact]
    public void AGoldenModelGoesOnFromAnImage()
    {
        var layout = new MemoryLayout(ModelShape.Shakespeare, 8, 32);
        var first = new GoldenModel(fixture.Model.Quantized);
        foreach (int token in fixture.Model.Tokenizer.Encode("Shall I compare thee"))
            first.Step(token);
        byte[][] channels = MemoryImage.Build(fixture.Model.Quantized, layout);
        KvCacheImage.Write(channels, layout, first.Cache, first.Cache.Length);
        var second = new GoldenModel(fixture.Model.Quantized);
        KvCacheImage.Read(channels, layout, second.Cache, first.Cache.Length);
        Assert.Equal(first.Step(9), second.Step(9));
    }

    [Fact]
    public void TheLayoutMustBeForTheModel() => Assert.Throws<ArgumentException>(
        () => MemoryImage.Build(fixture.Model.Quantized, new MemoryLayout(ModelShape.Shakespeare with { Layers = 3 }, 8, 32)));

    private static void Check(byte[][] image, byte[][] plain, MemoryLayout layout)
    {
        Assert.Equal(layout.Channels, image.Length);
        for (int channel = 0; channel < image.Length; channel++)
        {
            Assert.Equal(layout.WeightBeats * layout.Lanes, plain[channel].Length);
            Assert.Equal(layout.ChannelBytes, image[channel].Length);
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

    private static KvCache Filled(ModelShape shape, int positions)
    {
        var cache = new KvCache(shape);
        cache.FillSynthetic(positions, 6);
        return cache;
    }

    private static byte[][] Empty(MemoryLayout layout) => [.. Enumerable.Range(0, layout.Channels).Select(_ => new byte[layout.ChannelBytes])];
}
