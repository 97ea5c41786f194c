using System.Numerics;

namespace LoopLynx.Accelerator.Tests.Configuration;

/// <summary>Each rule has one line that says what is wrong; the first broken rule speaks.</summary>
public class ConfigurationRuleTests
{
    private static readonly NodeConfiguration Good = new(Layers: 2, Heads: 4, Embed: 64, FeedForward: 128, Context: 16, Channels: 2, Lanes: 8);

    private static readonly (NodeConfiguration Broken, string Rule)[] Rules =
    [
        (Good with { Layers = 0 }, "layers 0, heads 4, embed 64, feed-forward 128 must be at least 1 and the context 16 at least 2"),
        (Good with { Heads = 0 }, "layers 2, heads 0, embed 64, feed-forward 128 must be at least 1 and the context 16 at least 2"),
        (Good with { Embed = -64 }, "layers 2, heads 4, embed -64, feed-forward 128 must be at least 1 and the context 16 at least 2"),
        (Good with { FeedForward = 0 }, "layers 2, heads 4, embed 64, feed-forward 0 must be at least 1 and the context 16 at least 2"),
        (Good with { Context = 1 }, "layers 2, heads 4, embed 64, feed-forward 128 must be at least 1 and the context 1 at least 2"),
        (Good with { Context = (1 << 16) + 1 }, "a context of 65537 positions is more than the 65536 that the position port carries"),
        (Good with { Nodes = 0 }, "a ring of 0 nodes: use 1 to 8"),
        (Good with { Nodes = 9 }, "a ring of 9 nodes: use 1 to 8"),
        (Good with { Channels = 3 }, "channels (3) and lanes (8) must be powers of two, and lanes at least 4"),
        (Good with { Channels = 0 }, "channels (0) and lanes (8) must be powers of two, and lanes at least 4"),
        (Good with { Lanes = 12 }, "channels (2) and lanes (12) must be powers of two, and lanes at least 4"),
        (Good with { Lanes = 2 }, "channels (2) and lanes (2) must be powers of two, and lanes at least 4"),
        (Good with { Columns = 0 }, "columns (0) must be 1, 2, 4 or 8"),
        (Good with { Columns = 3 }, "columns (3) must be 1, 2, 4 or 8"),
        (Good with { Columns = 16 }, "columns (16) must be 1, 2, 4 or 8"),
        (Good with { Channels = 16 }, "channels (16) must not exceed lanes (8): results of all slices go into one row of the activation buffer"),
        (Good with { Channels = 1, Lanes = 4 }, "channels x lanes (1 x 4) must be at least 8 bytes, the size of a head's constants"),
        (Good with { WriteBackLanes = 3 }, "write-back lanes (3) must be a power of two and at most the channels (2)"),
        (Good with { WriteBackLanes = 4 }, "write-back lanes (4) must be a power of two and at most the channels (2)"),
        (Good with { WriteBackLanes = -1 }, "write-back lanes (-1) must be a power of two and at most the channels (2)"),
        (Good with { KvChannels = 2 }, "K on 2 and V on 2 channels don't fit 2 channels, or aren't powers of two"),
        (Good with { KvChannels = 3, Channels = 8 }, "K on 3 and V on 3 channels don't fit 8 channels, or aren't powers of two"),
        (Good with { KvChannels = -1 }, "K on -1 and V on -1 channels don't fit 2 channels, or aren't powers of two"),
        (Good with { PairsSlices = true, Channels = 1 }, "the slices of 1 channels aren't pairs: use 2 channels or more"),
        (Good with { SharesMultipliers = true, KvChannels = 1 }, "scores and mixing can't take turns at one array where K and V have channels of their own: put both across all"),
        (Good with { Heads = 3 }, "embed 64 is not divisible by 3 heads"),
        (Good with { Nodes = 3 }, "4 heads are not divisible by 3 nodes: use a number of nodes that divides the heads"),
        (Good with { Nodes = 8 }, "4 heads are not divisible by 8 nodes: use a number of nodes that divides the heads"),
        (Good with { Embed = 68 }, "embed 68 is not divisible by 8 lanes"),
        (Good with { FeedForward = 100 }, "feed-forward 100 is not divisible by 8 lanes"),
        (Good with { Embed = 72, Columns = 2 }, "embed 72 is not divisible by 16 lanes (8 lanes x 2 columns)"),
        (Good with { FeedForward = 136, Columns = 2 }, "feed-forward 136 is not divisible by 16 lanes (8 lanes x 2 columns)"),
        (Good with { Heads = 6, Embed = 12, Nodes = 6, Channels = 4, Lanes = 4 }, "the 36 rows of QKV are not divisible by 6 nodes x 4 channels"),
        (Good with { Heads = 3, Embed = 24, Nodes = 3 }, "the 128 rows of FC1 are not divisible by 3 nodes x 2 channels"),
        (Good with { Embed = 96 }, "a head of 24 dimensions doesn't divide, and isn't a multiple of, the 16 bytes of a row of the KV cache"),
        (Good with { Embed = 48, Channels = 4, KvChannels = 1 }, "a head of 12 dimensions doesn't divide, and isn't a multiple of, the 8 bytes of a row of the KV cache"),
        (Good with { Heads = 16, Channels = 8 }, "a head of 4 dimensions is not divisible by 8 lanes of write-back"),
        (Good with { FeedForward = 1 << 15 }, "embed 64 or feed-forward 32768 is too wide for the 32-bit accumulators"),
        (Good with { Embed = 1 << 14 }, "embed 16384 or feed-forward 128 is too wide for the 32-bit accumulators"),
        (TooLarge, $"a channel needs {TooLarge.Map.ChannelBytes} bytes, an HBM pseudo-channel has 268435456: use more nodes or channels, or a smaller model"),
        (Good with { PrefetchBeats = 31 }, "the prefetch FIFO (31 beats) must hold at least two bursts of 16"),
        (Good with { LinkDepth = -1 }, "a ring link needs a FIFO of at least 1 packet and a latency of at least 0 (-1, 1)"),
        (Good with { LinkLatency = -1 }, "a ring link needs a FIFO of at least 1 packet and a latency of at least 0 (0, -1)"),
        (Good with { RingBlock = 0 }, "the packets of a node don't divide into rounds of 0"),
        (Good with { RingBlock = 3 }, "the packets of a node don't divide into rounds of 3"),
        (Good with { RingBlock = 32, Nodes = 2 }, "the packets of a node don't divide into rounds of 32"),
        (Good with { RingBlock = 32, FeedForward = 96 }, "the packets of a node don't divide into rounds of 32"),
    ];

    private static NodeConfiguration TooLarge => Good with { Context = 1 << 16, Layers = 128 };

    [Fact]
    public void Each_broken_rule_is_told_in_its_words()
    {
        foreach (var (broken, rule) in Rules)
        {
            Assert.Equal(rule, Assert.Throws<ConfigurationException>(broken.Validated).Message);
        }
    }

    [Fact]
    public void A_good_configuration_is_returned_unchanged() => Assert.Same(Good, Good.Validated());

    [Fact]
    public void More_nodes_or_channels_make_a_large_model_fit()
    {
        Assert.Throws<ConfigurationException>(TooLarge.Validated);
        Assert.Equal(TooLarge.Map.ChannelBytes / 2, (TooLarge with { Nodes = 2 }).Map.ChannelBytes, tolerance: 1 << 20);
        Assert.Equal(4, (TooLarge with { Nodes = 4 }).Validated().Nodes);
        Assert.Equal(8, (TooLarge with { Channels = 8 }).Validated().Channels);
    }

    /// <summary>The formulas of docs/formats.md, told plainly, for machines of every kind.</summary>
    [Fact]
    public void The_planned_memory_is_that_of_the_formulas()
    {
        foreach (var c in Support.RandomConfigurations.Draw(seed: 3, count: 80, widestEmbed: 512))
        {
            var (lanes, super, dealt) = (c.Lanes * c.Columns, c.Channels * c.Lanes * c.Columns, c.Nodes * c.Channels);
            int Super(int bytes) => (bytes + super - 1) / super;
            var group = new[] { 3 * c.Embed, c.Embed, c.FeedForward }.Aggregate(Math.Max(1, lanes / 8), (rows, size) => (int)BigInteger.GreatestCommonDivisor(rows, size / dealt));
            int Matrix(int rows, int columns) => rows / dealt / group * (Math.Max(1, 8 / lanes) + (group * columns / lanes));
            var constants = (2 * Super(4 * c.Embed)) + Super(4 * 256) + Super(8 * c.Heads / c.Nodes) + Super(16);
            var layer = constants + Matrix(3 * c.Embed, c.Embed) + Matrix(c.Embed, c.Embed) + Matrix(c.FeedForward, c.Embed) + Matrix(c.Embed, c.FeedForward);
            var kvRow = (c.KvChannels == 0 ? c.Channels : c.KvChannels) * lanes;
            var head = c.Embed / c.Heads;
            int Rows(int positions) => head > kvRow ? positions * (head / kvRow) : (positions + (kvRow / head) - 1) / (kvRow / head);
            var regions = c.Layers * (c.Heads / c.Nodes) * (c.KvChannels == 0 ? 2 : 1);
            var kvBase = ((c.Layers * layer * lanes) + 4095) / 4096 * 4096;
            Assert.Equal((layer, kvBase, kvBase + (regions * Rows(c.Context) * lanes), group), (c.Map.LayerBeats, c.Map.Cache.Base, c.Map.ChannelBytes, c.Map.GroupRows));
            foreach (var position in Support.AttentionOrder.Positions(c))
            {
                Assert.Equal((Rows(position), (c.Layers * layer) + (regions * Rows(position))), (c.Map.Cache.RowsRead(position), c.Map.BeatsRead(position)));
            }
        }
    }
}
