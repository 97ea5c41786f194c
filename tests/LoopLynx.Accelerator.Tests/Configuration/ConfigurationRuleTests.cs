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
        (Good with { Channels = 3 }, "channels (3) and lanes (8) must be powers of two, and lanes at least 4"),
        (Good with { Channels = 0 }, "channels (0) and lanes (8) must be powers of two, and lanes at least 4"),
        (Good with { Lanes = 12 }, "channels (2) and lanes (12) must be powers of two, and lanes at least 4"),
        (Good with { Lanes = 2 }, "channels (2) and lanes (2) must be powers of two, and lanes at least 4"),
        (Good with { Channels = 16 }, "channels (16) must not exceed lanes (8): results of all slices go into one row of the activation buffer"),
        (Good with { Channels = 1, Lanes = 4 }, "channels x lanes (1 x 4) must be at least 8 bytes, the size of a head's constants"),
        (Good with { Heads = 3 }, "embed 64 is not divisible by 3 heads"),
        (Good with { Embed = 68 }, "embed 68 is not divisible by 8 lanes"),
        (Good with { FeedForward = 100 }, "feed-forward 100 is not divisible by 8 lanes"),
        (Good with { Heads = 1, Embed = 16, Channels = 16, Lanes = 16 }, "the 48 rows of QKV are not divisible by 16 channels x 2 rows a group"),
        (Good with { Heads = 1, Embed = 32, FeedForward = 16, Channels = 16, Lanes = 16 }, "the 16 rows of FC1 are not divisible by 16 channels x 2 rows a group"),
        (Good with { Embed = 96 }, "a head of 24 dimensions doesn't divide, and isn't a multiple of, the 16 bytes of a super-beat"),
        (Good with { Heads = 16, Channels = 8 }, "a head of 4 dimensions is not divisible by 8 channels"),
        (Good with { FeedForward = 1 << 15 }, "embed 64 or feed-forward 32768 is too wide for the 32-bit accumulators"),
        (Good with { Embed = 1 << 14 }, "embed 16384 or feed-forward 128 is too wide for the 32-bit accumulators"),
        (Good with { Context = 1 << 22 }, $"a channel needs {(Good with { Context = 1 << 22 }).ChannelBytes} bytes, an HBM pseudo-channel has 268435456"),
        (Good with { PrefetchBeats = 31 }, "the prefetch FIFO (31 beats) must hold at least two bursts of 16"),
    ];

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
    public void The_planned_memory_is_the_layouts()
    {
        foreach (var c in Support.RandomConfigurations.Draw(seed: 3, count: 40, widestEmbed: 512))
        {
            var layout = new MemoryLayout(new ModelShape(c.Layers, c.Heads, c.Embed, c.Context, Vocab: 64, c.FeedForward), c.Channels, c.Lanes);
            Assert.Equal((layout.WeightBeats, layout.KvBase, layout.ChannelBytes), (c.WeightBeats, c.KvBase, c.ChannelBytes));
            Assert.Equal(layout.BeatsRead(c.Context - 1), c.WeightBeats + c.KvBeats(c.Context - 1));
        }
    }
}
