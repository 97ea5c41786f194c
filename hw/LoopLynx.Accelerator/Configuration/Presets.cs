using System.Numerics;

namespace LoopLynx.Accelerator;

/// <summary>
/// The configurations that have names, and the switches that turn one optimisation off. Source of what each is: LoopLynx III, and docs/machine.md.
/// </summary>
public static class Presets
{
    /// <summary>Names of the presets.</summary>
    public static IReadOnlyList<string> Names { get; } = ["fast", "paper", "u50", "compact"];

    /// <summary>The optimisations that can be switched off.</summary>
    public static IReadOnlyList<Optimisation> Optimisations { get; } =
    [
        new("critical-path", "residual addition and layer norm fused with the results that stream in", c => c with { FusedNorm = false }),
        new("head-pipeline", "softmax of a head under the scores of the next", c => c with { HeadPipeline = false }),
        new("transmission-hiding", "exchange of a block's results under the next block's products", c => c with { TransmissionHiding = false }),
        new("run-ahead", "the weight stream runs ahead of the stages into a deep FIFO", c => c with { RunAhead = false }),
        new("wide-array", "slices that take two beats a cycle, twice what the memory delivers", c => c with { Columns = 1 }),
        new("kv-all-channels", "K and V across all channels", c => c with { KvChannels = PaperKvChannels(c.Channels), SharesMultipliers = false }),
        new("local-qkv", "q, k and v stay on the node that owns their head", c => c with { LocalQkv = false }),
        new("whole-norm", "every node normalises the whole vector, so that norms need no exchange", c => c with { WholeNorm = false }),
        new("wide-write-back", "one result a channel and cycle from requantisation to layer norm", c => c with { WriteBackLanes = 1 }),
    ];

    /// <summary>The default: a weight stream that never stops, an array wider than the memory, everything exchanged eight values at a time.</summary>
    /// <exception cref="ConfigurationException">The shape can't be built.</exception>
    public static NodeConfiguration Fast(NodeConfiguration shape)
    {
        var sound = Sound(shape);
        return Streaming(sound, columns: Divides(sound, 2) ? 2 : 1);
    }

    /// <summary>
    /// The machine that the paper describes: stages that drain, one beat a cycle, K on 2 and V on 2 of 8 channels, one value a cycle written back.
    /// </summary>
    /// <exception cref="ConfigurationException">The shape can't be built.</exception>
    public static NodeConfiguration Paper(NodeConfiguration shape)
    {
        var c = Sound(shape) with
        {
            Columns = 1,
            RunAhead = false,
            KvChannels = PaperKvChannels(shape.Channels),
            LocalQkv = false,
            WriteBackLanes = 1,
            PrefetchStyle = MemoryStyle.Block,
        };
        return Prefetching(c with { RingBlock = RingBlock(c, 8) });
    }

    /// <summary>
    /// The machine for the card: ports of 64 bytes, of which each fills a slice, so that memory is the limit and not the port; everything else as in
    /// <see cref="Fast"/>.
    /// </summary>
    /// <exception cref="ConfigurationException">The shape can't be built.</exception>
    public static NodeConfiguration U50(NodeConfiguration shape) => Streaming(Sound(shape), columns: 1);

    /// <summary>
    /// As <see cref="Fast"/> in fewer DSP blocks than the paper's machine: slices of a beat a cycle, of which two share their blocks, and one array for scores
    /// and mixing.
    /// </summary>
    /// <exception cref="ConfigurationException">The shape can't be built.</exception>
    public static NodeConfiguration Compact(NodeConfiguration shape) =>
        Streaming(Sound(shape) with { PairsSlices = shape.Channels >= DotProductPair.Count, SharesMultipliers = true }, columns: 1);

    /// <summary>Bytes of a memory beat that a preset is made for.</summary>
    public static int BeatBytes(string name) => name == "u50" ? 64 : 32;

    /// <summary>The preset of that name, on a shape.</summary>
    /// <exception cref="ConfigurationException">There is none.</exception>
    public static NodeConfiguration Named(string name, NodeConfiguration shape) => name switch
    {
        "fast" => Fast(shape),
        "paper" => Paper(shape),
        "u50" => U50(shape),
        "compact" => Compact(shape),
        _ => throw new ConfigurationException($"there is no preset '{name}'; use {string.Join(", ", Names)}", advises: true),
    };

    /// <summary>A configuration without one of its optimisations.</summary>
    /// <exception cref="ConfigurationException">There is no optimisation of that name, or the configuration doesn't have it.</exception>
    public static NodeConfiguration Without(NodeConfiguration configuration, string name)
    {
        var optimisation = Optimisations.FirstOrDefault(o => o.Name == name)
            ?? throw new ConfigurationException(
                $"there is no optimisation '{name}'; use {string.Join(", ", Optimisations.Select(o => o.Name))}", advises: true);
        var without = Prefetching(optimisation.Off(configuration));
        return without != configuration ? without : throw new ConfigurationException($"'{name}' is off already in this preset: leave it out", advises: true);
    }

    /// <summary>A weight stream that never stops, through a deep FIFO.</summary>
    private static NodeConfiguration Streaming(NodeConfiguration shape, int columns)
    {
        var c = shape with { Columns = columns, PrefetchStyle = MemoryStyle.Ultra };
        return Prefetching(c with { RingBlock = RingBlock(c, LongestRound(c)) });
    }

    /// <summary>
    /// A round takes a link's latency at least, so it should have as many packets. Where links are short, rounds of four keep the first one's wait short, too.
    /// </summary>
    private static int LongestRound(NodeConfiguration c) =>
        c.CardLinkCycles == 0 ? 4 : (int)BitOperations.RoundUpToPowerOf2((uint)(CardRing.SlowestLink(c) + Router.ForwardLatency));

    /// <summary>With the prefetch FIFO that the rest of the configuration needs.</summary>
    private static NodeConfiguration Prefetching(NodeConfiguration c) => c with { PrefetchBeats = FifoDepths.Prefetch(c.Validated()) };

    /// <summary>The shape, refused if model and machine don't fit; whether memory holds it depends on the rest of the preset.</summary>
    private static NodeConfiguration Sound(NodeConfiguration shape)
    {
        ShapeRules.Check(shape.Model, shape.Plan, shape.Machine);
        return shape;
    }

    /// <summary>A quarter of the channels each for K and V: 2 of 8.</summary>
    private static int PaperKvChannels(int channels) => Math.Max(1, channels / 4);

    /// <summary>The largest round, up to <paramref name="most"/> packets, that divides a node's part of every vector: it hides the links' latency.</summary>
    private static int RingBlock(NodeConfiguration c, int most)
    {
        var vectors = c.Program.EachLayer.Where(s => s.Result is not null).Select(s => Math.Max(1, s.Operation.Outputs(c.Model) / c.Nodes / c.PacketLanes));
        return vectors.Aggregate(most, (block, packets) => (int)BigInteger.GreatestCommonDivisor(block, packets));
    }

    /// <summary>Small shapes may be too narrow for slices of twice the width.</summary>
    private static bool Divides(NodeConfiguration c, int columns) => c.Program.ActivationBuffers.All(b => b.Length % (c.Lanes * columns) == 0);
}

/// <summary>An optimisation that can be switched off.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Description">What it is.</param>
/// <param name="Off">The configuration without it.</param>
public sealed record Optimisation(string Name, string Description, Func<NodeConfiguration, NodeConfiguration> Off);
