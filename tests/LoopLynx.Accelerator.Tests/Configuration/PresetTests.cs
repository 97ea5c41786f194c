using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Configuration;

/// <summary>The named configurations and the optimisations that can be switched off, by name.</summary>
public class PresetTests
{
    private static readonly NodeConfiguration Shape = new(Layers: 24, Heads: 16, Embed: 1024, FeedForward: 4096, Context: 1024);

    [Fact]
    public void Every_preset_is_allowed_on_every_number_of_nodes()
    {
        foreach (var name in Presets.Names)
        {
            foreach (var nodes in new[] { 1, 2, 4, 8 })
            {
                var c = Presets.Named(name, Shape with { Nodes = nodes });
                Assert.Same(c, c.Validated());
                Assert.Equal(nodes, c.Nodes);
            }
        }
    }

    [Fact]
    public void The_presets_are_what_they_are_called()
    {
        var (fast, paper) = (Presets.Named("fast", Shape), Presets.Named("paper", Shape));
        Assert.Equal((2, true, 0, 8, true), (fast.Columns, fast.RunAhead, fast.KvChannels, fast.PacketLanes, fast.LocalQkv));

        // LoopLynx III: K on 2 and V on 2 of 8 channels, one value a cycle written back, stages that drain.
        Assert.Equal((1, false, 2, 1, false), (paper.Columns, paper.RunAhead, paper.KvChannels, paper.PacketLanes, paper.LocalQkv));
        Assert.True(paper.HeadPipeline && paper.FusedNorm && paper.TransmissionHiding);

        var compact = Presets.Named("compact", Shape);
        Assert.Equal((1, true, 0, 8, true), (compact.Columns, compact.RunAhead, compact.KvChannels, compact.PacketLanes, compact.LocalQkv));
        Assert.True(compact.PairsSlices && compact.SharesMultipliers && !fast.PairsSlices && !fast.SharesMultipliers);

        // A single channel has no neighbour, and K and V with channels of their own don't take turns.
        Assert.False(Presets.Compact(Shape with { Layers = 2, Channels = 1 }).PairsSlices);
        Assert.False(Presets.Without(compact, "kv-all-channels").SharesMultipliers);
    }

    [Fact]
    public void Each_optimisation_can_be_switched_off_once_and_only_that()
    {
        foreach (var optimisation in Presets.Optimisations)
        {
            var without = Presets.Without(Presets.Fast(Shape with { Nodes = 2 }), optimisation.Name);
            Assert.Same(without, without.Validated());
            Assert.Equal($"'{optimisation.Name}' is off already in this preset: leave it out", Assert.Throws<ConfigurationException>(() => Presets.Without(without, optimisation.Name)).Message);
        }

        Assert.Equal(Presets.Optimisations.Count, Presets.Optimisations.Select(o => Presets.Without(Presets.Fast(Shape), o.Name)).Distinct().Count());
    }

    [Fact]
    public void Unknown_names_are_refused_with_the_known_ones()
    {
        Assert.Equal("there is no preset 'nonsense'; use fast, paper, u50, compact", Assert.Throws<ConfigurationException>(() => Presets.Named("nonsense", Shape)).Message);
        Assert.Equal(
            "there is no optimisation 'nonsense'; use critical-path, head-pipeline, transmission-hiding, run-ahead, wide-array, kv-all-channels, local-qkv, whole-norm, wide-write-back",
            Assert.Throws<ConfigurationException>(() => Presets.Without(Presets.Fast(Shape), "nonsense")).Message);
    }

    [Fact]
    public void Rounds_divide_the_packets_of_small_shapes_too()
    {
        foreach (var shape in new[] { Small.Equal, Small.ThreeHeads, Small.Narrow with { Nodes = 4 } })
        {
            Assert.All(Presets.Names, name => Assert.InRange(Presets.Named(name, shape).Validated().RingBlock, 1, 8));
        }
    }
}
