namespace LoopLynx.Accelerator.Tests.Support;

/// <summary>Whole machines, small enough to simulate many tokens: rings of every size, the presets, and each optimisation off.</summary>
internal static class Machines
{
    /// <summary>8 heads of 4 dimensions: rings of 1, 2, 4 and 8 nodes.</summary>
    private static NodeConfiguration Eight { get; } = new(Layers: 2, Heads: 8, Embed: 32, FeedForward: 64, Context: 8, Channels: 4, Lanes: 4) { PrefetchBeats = 32 };

    /// <summary>3 nodes with a head each.</summary>
    private static NodeConfiguration Three { get; } = new(Layers: 2, Heads: 3, Embed: 24, FeedForward: 48, Context: 8, Channels: 4, Lanes: 4) { PrefetchBeats = 32, Nodes = 3 };

    private static readonly Dictionary<string, NodeConfiguration> All = Make();

    /// <summary>All names, for theories.</summary>
    public static IEnumerable<string> Names => All.Keys;

    /// <summary>By name, for theories.</summary>
    public static NodeConfiguration Named(string name) => All[name].Validated();

    /// <summary>A preset on the shape of eight heads, with the least prefetch.</summary>
    public static NodeConfiguration Preset(string name, int nodes) => Presets.Named(name, nodes == 3 ? Three : Eight with { Nodes = nodes }) with { PrefetchBeats = 64 };

    private static Dictionary<string, NodeConfiguration> Make()
    {
        var all = new Dictionary<string, NodeConfiguration>();
        foreach (var preset in Presets.Names)
        {
            foreach (var nodes in new[] { 1, 2, 3, 4, 8 })
            {
                all[$"{preset}, {nodes} nodes"] = Preset(preset, nodes);
            }
        }

        foreach (var optimisation in Presets.Optimisations)
        {
            foreach (var nodes in new[] { 1, 2, 4 })
            {
                all[$"fast without {optimisation.Name}, {nodes} nodes"] = Presets.Without(Preset("fast", nodes), optimisation.Name);
            }

            // The paper's machine doesn't have every optimisation.
            if (optimisation.Off(Preset("paper", 4)) != Preset("paper", 4))
            {
                all[$"paper without {optimisation.Name}, 4 nodes"] = Presets.Without(Preset("paper", 4), optimisation.Name);
            }
        }

        all["nothing optimised, 4 nodes"] = Presets.Optimisations.Aggregate(Preset("fast", 4), (c, o) => o.Off(c));
        var ring = Preset("fast", 4);
        foreach (var (block, latency, depth) in new[] { (1, 0, 1), (1, 1, 1), (1, 5, 2), (2, 0, 8), (2, 5, 1), (1, 0, 2) })
        {
            all[$"rounds of {block}, links of {latency} cycles and {depth} packets"] = ring with { RingBlock = block, LinkLatency = latency, LinkDepth = depth };
        }

        foreach (var block in new[] { 1, 2, 4 })
        {
            all[$"rounds of {block} and one value, 2 nodes"] = Preset("paper", 2) with { RingBlock = block, LinkDepth = 1, LinkLatency = 5 };
            all[$"rounds of {block} and one value, 8 nodes"] = Preset("paper", 8) with { RingBlock = block, LinkDepth = 2, LinkLatency = 0 };
        }

        return all;
    }
}
