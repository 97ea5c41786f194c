namespace LoopLynx.Host.Tests;

public class MemoryLayoutTests
{
    [Fact]
    public void Gpt2MediumOnEightChannels()
    {
        var layout = new MemoryLayout(ModelShape.Gpt2_345M, 8, 32);
        Assert.Equal(new MemorySection(0, 16), layout.Norm1);
        Assert.Equal(new MemorySection(16, 16), layout.Norm2);
        Assert.Equal(new MemorySection(32, 4), layout.Gelu);
        Assert.Equal(new MemorySection(36, 1), layout.HeadConstants);
        Assert.Equal(new MemorySection(37, 1), layout.Scalars);
        Assert.Equal(new MatrixSection(new MemorySection(38, 96 * 129), 3072, 1024, 4, 1, 32), layout.Qkv);
        Assert.Equal(new MemorySection(layout.Qkv.Section.End, 32 * 129), layout.Output.Section);
        Assert.Equal(new MemorySection(layout.Output.Section.End, 128 * 129), layout.FeedForward1.Section);
        Assert.Equal(new MemorySection(layout.FeedForward1.Section.End, 32 * 513), layout.FeedForward2.Section);

        // 49,152 beats of weights, 288 of row constants, 38 of layer constants.
        Assert.Equal(49_152 + 288 + 38, layout.LayerBeats);
        Assert.Equal((4, 0, 256), (layout.PositionsPerRow, layout.BeatsPerPosition, layout.KvRows));
        Assert.Equal(0, layout.KvBase % 4096);
        Assert.Equal(layout.KvBase + 24 * 16 * 2 * 256 * 32, layout.ChannelBytes);
        Assert.Equal(24 * (49_478 + 16 * 2 * 160), layout.BeatsRead(640));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void NodesShareTheRowsAndTheHeads(int nodes)
    {
        var layout = new MemoryLayout(ModelShape.Gpt2_345M, 8, 32, nodes);
        Assert.Equal(16 / nodes, layout.Heads);
        Assert.Equal(3072 / nodes, layout.Qkv.Rows);
        Assert.Equal(38 + (49_152 + 288) / nodes, layout.LayerBeats);
        Assert.Equal(24 * (layout.LayerBeats + 16 / nodes * 2 * 160), layout.BeatsRead(640));
    }

    [Fact]
    public void KeysAndValuesOnChannelsOfTheirOwn()
    {
        // LoopLynx's machine: K on 2 of 8 channels, V on 2 others; 64 bytes of each a cycle, one position.
        var layout = new MemoryLayout(ModelShape.Gpt2_345M, 8, 32, kvChannels: 2);
        Assert.Equal((64, 1, 1024), (layout.KvRowBytes, layout.PositionsPerRow, layout.KvRows));
        Assert.Equal(((0, 2), (2, 2)), (layout.KvChannelsOf(false), layout.KvChannelsOf(true)));
        Assert.Equal(layout.KvAddress(3, 5, false, 7), layout.KvAddress(3, 5, true, 7));
        Assert.Equal(layout.KvBase + 24 * 16 * 1024 * 32, layout.ChannelBytes);
        Assert.Equal(24 * (49_478 + 16 * 640), layout.BeatsRead(640));
    }

    [Theory]
    [InlineData(8, 32, 1, 4)]
    [InlineData(8, 32, 4, 2)]
    [InlineData(16, 32, 4, 1)]
    [InlineData(8, 64, 1, 8)]
    [InlineData(2, 4, 1, 1)]
    public void AGroupHasAsManyRowsAsFitABeatAndDivideEveryMatrix(int channels, int lanes, int nodes, int rows)
    {
        var layout = new MemoryLayout(new ModelShape(2, 4, 64, 11, 40, 192), channels, lanes, nodes);
        Assert.All([layout.Qkv, layout.Output, layout.FeedForward1, layout.FeedForward2], matrix => Assert.Equal(rows, matrix.GroupRows));
        Assert.Equal(Math.Max(1, 8 / lanes), layout.Qkv.ConstantBeats);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    [InlineData(1023, 256)]
    public void OnlyEarlierPositionsAreRead(int position, long rows) =>
        Assert.Equal(rows, new MemoryLayout(ModelShape.Gpt2_345M, 8, 32).KvRowsRead(position));

    [Fact]
    public void HeadsWiderThanASuperBeat()
    {
        // d = 64 over 2 channels of 8 lanes: four super-beats a position.
        var layout = new MemoryLayout(new ModelShape(2, 2, 128, 10, 50, 256), 2, 8);
        Assert.Equal((0, 4, 40), (layout.PositionsPerRow, layout.BeatsPerPosition, layout.KvRows));
        Assert.Equal((4 * 7 + 2, 5), layout.KvCell(false, 7, 37));
        Assert.Equal((2 * 10 + 7, 5), layout.KvCell(true, 7, 37));
        Assert.Equal(28, layout.KvRowsRead(7));
    }

    [Fact]
    public void KvAddressesAreDisjointAndFillTheirArea()
    {
        foreach (MemoryLayout layout in Layouts())
        {
            // Keys and values share addresses only where they are on different channels.
            var seen = new HashSet<(int Channel, long Address)>();
            int kinds = layout.KvChannels == 0 ? 1 : 2;
            for (int layer = 0; layer < layout.Shape.Layers; layer++)
                for (int head = 0; head < layout.Heads; head++)
                    foreach (bool isValue in new[] { false, true })
                        for (long row = 0; row < layout.KvRows; row++)
                            Assert.True(seen.Add((layout.KvChannelsOf(isValue).First, layout.KvAddress(layer, head, isValue, row))));
            foreach (var channel in seen.GroupBy(cell => cell.Channel, cell => cell.Address))
            {
                Assert.Equal(layout.KvBase, channel.Min());
                Assert.Equal(layout.ChannelBytes, channel.Max() + layout.Lanes);
                Assert.Equal((layout.ChannelBytes - layout.KvBase) / layout.Lanes, channel.Count());
            }
            Assert.Equal(kinds, seen.Select(cell => cell.Channel).Distinct().Count());
        }
    }

    [Theory]
    [InlineData(8, 24, 1, "24 lanes per channel: must be a power of two, at least 4")]
    [InlineData(8, 2, 1, "2 lanes per channel: must be a power of two, at least 4")]
    [InlineData(0, 32, 1, "0 channels: a node needs at least one")]
    [InlineData(8, 32, 0, "0 nodes: at least one is needed")]
    [InlineData(8, 32, 3, "4 heads cannot be shared by 3 nodes; use a number of nodes that divides the heads")]
    [InlineData(1, 256, 1, "embedding width 128 is not divisible by 256 lanes; change the lanes")]
    [InlineData(3, 32, 1, "embedding width 128 is not divisible by 3 channels; change the channels")]
    [InlineData(128, 32, 2, "the 384 rows of QKV are not divisible by 256 (nodes x channels); change the nodes, channels or lanes")]
    [InlineData(64, 64, 4, "the 384 rows of QKV are not divisible by 256 (nodes x channels); change the nodes, channels or lanes")]
    public void SaysWhatDoesNotDivide(int channels, int lanes, int nodes, string message) =>
        Expect.Error(message, () => new MemoryLayout(ModelShape.Shakespeare, channels, lanes, nodes));

    [Fact]
    public void SaysWhatElseDoesNotFit()
    {
        Expect.Error("feed-forward width 200 is not divisible by 32 lanes; change the lanes", () => new MemoryLayout(new ModelShape(1, 2, 64, 8, 10, 200), 2, 32));
        Expect.Error("the 96 rows of feed-forward 1 are not divisible by 64 (nodes x channels); change the nodes, channels or lanes",
            () => new MemoryLayout(new ModelShape(1, 4, 256, 8, 10, 96), 16, 32, nodes: 4));
        Expect.Error("K on 5 and V on 5 channels do not fit 8 channels", () => new MemoryLayout(ModelShape.Shakespeare, 8, 32, kvChannels: 5));
        Expect.Error("K on -1 and V on -1 channels do not fit 8 channels", () => new MemoryLayout(ModelShape.Shakespeare, 8, 32, kvChannels: -1));
        Expect.Error("head size 48 and the 64 bytes of a row of the KV cache (2 channels x 32 lanes) must divide one another; change the channels or lanes",
            () => new MemoryLayout(new ModelShape(1, 2, 96, 8, 10, 96), 2, 32));
        Expect.Error("head size 48 and the 32 bytes of a row of the KV cache (1 channels x 32 lanes) must divide one another; change the channels or lanes",
            () => new MemoryLayout(new ModelShape(1, 2, 96, 8, 10, 96), 2, 32, kvChannels: 1));
        Expect.Error("the model needs 354316288 bytes per channel but a channel has 268435456; use more nodes or channels, or a smaller model",
            () => new MemoryLayout(ModelShape.Gpt2_345M, 1, 32));
    }

    internal static IEnumerable<MemoryLayout> Layouts()
    {
        var shape = new ModelShape(2, 4, 64, 11, 40, 128);
        yield return new MemoryLayout(shape, 8, 8);
        yield return new MemoryLayout(shape, 4, 16);
        yield return new MemoryLayout(shape, 2, 4);
        yield return new MemoryLayout(shape, 1, 32);
        yield return new MemoryLayout(shape, 4, 8, nodes: 2);
        yield return new MemoryLayout(shape, 2, 8, nodes: 4);
        yield return new MemoryLayout(shape with { Heads = 1 }, 2, 8);
        yield return new MemoryLayout(shape with { Heads = 2 }, 1, 4);

        // Fewer rows of constants than a beat has room for.
        yield return new MemoryLayout(shape, 8, 32, nodes: 4);
        yield return new MemoryLayout(shape with { Heads = 8 }, 8, 64, nodes: 8);
        yield return new MemoryLayout(new ModelShape(2, 3, 48, 11, 40, 96), 4, 16, nodes: 3);

        // Keys and values on channels of their own: a position in two rows, in one, and two in a row.
        yield return new MemoryLayout(shape, 4, 8, kvChannels: 1);
        yield return new MemoryLayout(shape, 8, 8, nodes: 2, kvChannels: 2);
        yield return new MemoryLayout(shape, 2, 32, nodes: 4, kvChannels: 1);
    }
}
