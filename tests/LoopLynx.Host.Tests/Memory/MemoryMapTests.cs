namespace LoopLynx.Host.Tests;

public class MemoryMapTests
{
    [Fact]
    public void Gpt2MediumOnEightChannels()
    {
        MemoryMap map = Maps.Of(ModelDescription.Gpt2Medium, 8, 32);
        Assert.Equal(new StreamSection(0, 16), map["Norm1"]);
        Assert.Equal(new StreamSection(16, 16), map["Norm2"]);
        Assert.Equal(new StreamSection(32, 4), map["FeedForward1.Gelu"]);
        Assert.Equal(new StreamSection(36, 1), map["HeadConstants"]);
        Assert.Equal(new StreamSection(37, 1), map["Scalars"]);
        Assert.Equal(new ProductLayout(new StreamSection(38, 96 * 129), 3072, 1024, 4, 1, 32, 32), map.ProductOf("QKV"));
        Assert.Equal(new StreamSection(map["QKV"].End, 32 * 129), map["O"]);
        Assert.Equal(new StreamSection(map["O"].End, 128 * 129), map["FC1"]);
        Assert.Equal(new StreamSection(map["FC1"].End, 32 * 513), map["FC2"]);

        // 49,152 beats of weights, 288 of row constants, 38 of layer constants.
        Assert.Equal(49_152 + 288 + 38, map.LayerBeats);
        Assert.Equal((4, 1, 256), (map.Cache.PositionsPerRow, map.Cache.RowsPerPosition, map.Cache.Rows));
        Assert.Equal(0, map.Cache.Base % 4096);
        Assert.Equal(map.Cache.Base + 24 * 16 * 2 * 256 * 32, map.ChannelBytes);
        Assert.Equal(24 * (49_478 + 16 * 2 * 160), map.BeatsRead(640));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void NodesShareTheRowsAndTheHeads(int nodes)
    {
        MemoryMap map = Maps.Of(ModelDescription.Gpt2Medium, 8, 32, nodes);
        Assert.Equal(16 / nodes, map.Cache.Heads);
        Assert.Equal(3072 / nodes, map.ProductOf("QKV").Rows);
        Assert.Equal(38 + (49_152 + 288) / nodes, map.LayerBeats);
        Assert.Equal(24 * (map.LayerBeats + 16 / nodes * 2 * 160), map.BeatsRead(640));
    }

    [Fact]
    public void KeysAndValuesOnChannelsOfTheirOwn()
    {
        // LoopLynx's machine: K on 2 of 8 channels, V on 2 others; 64 bytes of each a cycle, one position.
        MemoryMap map = Maps.Of(ModelDescription.Gpt2Medium, 8, 32, kvChannels: 2);
        Assert.Equal((64, 1, 1024), (map.Machine.KvRowBytes, map.Cache.PositionsPerRow, map.Cache.Rows));
        Assert.Equal(((0, 2), (2, 2)), (map.Machine.KvChannelsOf(false), map.Machine.KvChannelsOf(true)));
        Assert.Equal(map.Cache.Address(3, 5, false, 7), map.Cache.Address(3, 5, true, 7));
        Assert.Equal(map.Cache.Base + 24 * 16 * 1024 * 32, map.ChannelBytes);
        Assert.Equal(24 * (49_478 + 16 * 640), map.BeatsRead(640));
    }

    [Theory]
    [InlineData(8, 32, 1, 4)]
    [InlineData(8, 32, 4, 2)]
    [InlineData(16, 32, 4, 1)]
    [InlineData(8, 64, 1, 8)]
    [InlineData(2, 4, 1, 1)]
    public void AGroupHasAsManyRowsAsFitABeatAndDivideEveryMatrix(int channels, int lanes, int nodes, int rows)
    {
        MemoryMap map = Maps.Of(new ModelDescription(2, 4, 64, 11, 40, 192), channels, lanes, nodes);
        Assert.All(["QKV", "O", "FC1", "FC2"], matrix => Assert.Equal(rows, map.ProductOf(matrix).GroupRows));
        Assert.Equal(Math.Max(1, 8 / lanes), map.ProductOf("QKV").ConstantBeats);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    [InlineData(1023, 256)]
    public void OnlyEarlierPositionsAreRead(int position, long rows) =>
        Assert.Equal(rows, Maps.Of(ModelDescription.Gpt2Medium, 8, 32).Cache.RowsRead(position));

    [Fact]
    public void HeadsWiderThanASuperBeat()
    {
        // d = 64 over 2 channels of 8 lanes: four super-beats a position.
        MemoryMap map = Maps.Of(new ModelDescription(2, 2, 128, 10, 50, 256), 2, 8);
        Assert.Equal((1, 4, 40), (map.Cache.PositionsPerRow, map.Cache.RowsPerPosition, map.Cache.Rows));
        Assert.Equal((4 * 7 + 2, 5), map.Cache.Cell(false, 7, 37));
        Assert.Equal((2 * 10 + 7, 5), map.Cache.Cell(true, 7, 37));
        Assert.Equal(28, map.Cache.RowsRead(7));
    }

    [Fact]
    public void KvAddressesAreDisjointAndFillTheirArea()
    {
        foreach (MemoryMap map in Layouts())
        {
            // Keys and values share addresses only where they are on different channels.
            var seen = new HashSet<(int Channel, long Address)>();
            int kinds = map.Machine.KvChannels == 0 ? 1 : 2;
            for (int layer = 0; layer < map.Cache.Layers; layer++)
                for (int head = 0; head < map.Cache.Heads; head++)
                    foreach (bool isValue in new[] { false, true })
                        for (long row = 0; row < map.Cache.Rows; row++)
                            Assert.True(seen.Add((map.Machine.KvChannelsOf(isValue).First, map.Cache.Address(layer, head, isValue, row))));
            foreach (var channel in seen.GroupBy(cell => cell.Channel, cell => cell.Address))
            {
                Assert.Equal(map.Cache.Base, channel.Min());
                Assert.Equal(map.ChannelBytes, channel.Max() + map.Machine.LayoutBeatBytes);
                Assert.Equal((map.ChannelBytes - map.Cache.Base) / map.Machine.LayoutBeatBytes, channel.Count());
            }
            Assert.Equal(kinds, seen.Select(cell => cell.Channel).Distinct().Count());
        }
    }

    [Theory]
    [InlineData(8, 24, 1, "channels (8) and lanes (24) must be powers of two, and lanes at least 4")]
    [InlineData(8, 2, 1, "channels (8) and lanes (2) must be powers of two, and lanes at least 4")]
    [InlineData(0, 32, 1, "channels (0) and lanes (32) must be powers of two, and lanes at least 4")]
    [InlineData(8, 32, 0, "a ring of 0 nodes: use 1 to 8")]
    [InlineData(8, 32, 3, "4 heads are not divisible by 3 nodes: use a number of nodes that divides the heads")]
    [InlineData(1, 256, 1, "embed 128 is not divisible by 256 lanes")]
    [InlineData(3, 32, 1, "channels (3) and lanes (32) must be powers of two, and lanes at least 4")]
    [InlineData(128, 32, 2, "channels (128) must not exceed lanes (32): results of all slices go into one row of the activation buffer")]
    [InlineData(64, 64, 4, "the 384 rows of QKV are not divisible by 4 nodes x 64 channels")]
    public void SaysWhatDoesNotDivide(int channels, int lanes, int nodes, string message) =>
        Refuses(message, () => Maps.Of(ModelDescription.Shakespeare, channels, lanes, nodes));

    [Fact]
    public void SaysWhatElseDoesNotFit()
    {
        Refuses("feed-forward 200 is not divisible by 32 lanes", () => Maps.Of(new ModelDescription(1, 2, 64, 8, 10, 200), 2, 32));
        Refuses("the 96 rows of FC1 are not divisible by 4 nodes x 16 channels", () => Maps.Of(new ModelDescription(1, 4, 256, 8, 10, 96), 16, 32, nodes: 4));
        Refuses("K on 5 and V on 5 channels don't fit 8 channels, or aren't powers of two", () => Maps.Of(ModelDescription.Shakespeare, 8, 32, kvChannels: 5));
        Refuses("K on -1 and V on -1 channels don't fit 8 channels, or aren't powers of two", () => Maps.Of(ModelDescription.Shakespeare, 8, 32, kvChannels: -1));
        Refuses("a head of 48 dimensions doesn't divide, and isn't a multiple of, the 64 bytes of a row of the KV cache", () => Maps.Of(new ModelDescription(1, 2, 96, 8, 10, 96), 2, 32));
        Refuses("a head of 48 dimensions doesn't divide, and isn't a multiple of, the 32 bytes of a row of the KV cache",
            () => Maps.Of(new ModelDescription(1, 2, 96, 8, 10, 96), 2, 32, kvChannels: 1));
        Refuses("a channel needs 354316288 bytes, an HBM pseudo-channel has 268435456: use more nodes or channels, or a smaller model",
            () => Maps.Of(ModelDescription.Gpt2Medium, 1, 32));
        Refuses("channels x lanes (1 x 4) must be at least 8 bytes, the size of a head's constants", () => Maps.Of(new ModelDescription(2, 2, 64, 11, 40, 128), 1, 4));
    }

    internal static IEnumerable<MemoryMap> Layouts()
    {
        var shape = new ModelDescription(2, 4, 64, 11, 40, 128);
        yield return Maps.Of(shape, 8, 8);
        yield return Maps.Of(shape, 4, 16);
        yield return Maps.Of(shape, 2, 4);
        yield return Maps.Of(shape, 1, 32);
        yield return Maps.Of(shape, 4, 8, nodes: 2);
        yield return Maps.Of(shape, 2, 8, nodes: 4);
        yield return Maps.Of(shape with { QueryHeads = 1 }, 2, 8);
        yield return Maps.Of(shape with { QueryHeads = 2 }, 1, 8);

        // Fewer rows of constants than a beat has room for.
        yield return Maps.Of(shape, 8, 32, nodes: 4);
        yield return Maps.Of(shape with { QueryHeads = 8 }, 8, 64, nodes: 8);
        yield return Maps.Of(new ModelDescription(2, 3, 48, 11, 40, 96), 4, 16, nodes: 3);

        // Keys and values on channels of their own: a position in two rows, in one, and two in a row.
        yield return Maps.Of(shape, 4, 8, kvChannels: 1);
        yield return Maps.Of(shape, 8, 8, nodes: 2, kvChannels: 2);
        yield return Maps.Of(shape, 2, 32, nodes: 4, kvChannels: 1);
    }

    private static void Refuses(string message, Action action) => Assert.Equal(message, Assert.Throws<ConfigurationException>(action).Message);
}
