namespace LoopLynx.Accelerator.Tests.Support;

/// <summary>Configurations that are quick to simulate, by what is special about them.</summary>
internal static class Small
{
    /// <summary>2 x 4: a head is exactly a super-beat; constants of a row take two beats.</summary>
    public static NodeConfiguration Equal { get; } = new(Layers: 2, Heads: 2, Embed: 16, FeedForward: 32, Context: 16, Channels: 2, Lanes: 4) { PrefetchBeats = 32 };

    /// <summary>The least work: for the slow engines.</summary>
    public static NodeConfiguration OneLayer { get; } = Equal with { Layers = 1, Context = 4 };

    /// <summary>2 x 4: two positions in a super-beat.</summary>
    public static NodeConfiguration Narrow { get; } = Equal with { Heads = 4 };

    /// <summary>2 x 4: a head takes two super-beats.</summary>
    public static NodeConfiguration Wide { get; } = Equal with { Embed = 32 };

    /// <summary>1 x 8: one channel; a group is one row and its constants one beat.</summary>
    public static NodeConfiguration OneChannel { get; } = Equal with { Heads = 4, Channels = 1, Lanes = 8 };

    /// <summary>4 x 4, 3 heads: four positions in a super-beat, and a number of heads that isn't a power of two.</summary>
    public static NodeConfiguration ThreeHeads { get; } = Equal with { Heads = 3, Embed = 12, FeedForward = 8, Channels = 4 };

    /// <summary>2 x 32: groups of four rows, and more positions in a super-beat than the context has.</summary>
    public static NodeConfiguration Groups { get; } = Equal with { Layers = 1, Heads = 32, Embed = 64, FeedForward = 64, Lanes = 32 };

    /// <summary>2 x 4 x 2: a slice takes two beats at once.</summary>
    public static NodeConfiguration Columns { get; } = Equal with { Columns = 2 };

    /// <summary>4 x 4: one value in a packet.</summary>
    public static NodeConfiguration OneValue { get; } = ThreeHeads with { WriteBackLanes = 1 };

    /// <summary>4 x 4: K on one channel and V on another, a head takes two rows of each; two channels hold weights only.</summary>
    public static NodeConfiguration Split { get; } = Equal with { Channels = 4, KvChannels = 1 };

    /// <summary>4 x 4: K on two channels and V on the others, two positions in a row.</summary>
    public static NodeConfiguration SplitNarrow { get; } = Equal with { Heads = 4, Channels = 4, KvChannels = 2 };

    /// <summary>K and V on channels of their own, slices of two beats, two values in a packet.</summary>
    public static NodeConfiguration SplitColumns { get; } = Split with { Columns = 2, WriteBackLanes = 2 };

    /// <summary>One head at a time.</summary>
    public static NodeConfiguration Serial(NodeConfiguration c) => c with { HeadPipeline = false };

    /// <summary>Reads wait for their stage.</summary>
    public static NodeConfiguration Staged(NodeConfiguration c) => c with { RunAhead = false };

    /// <summary>Adding and summing are passes of their own.</summary>
    public static NodeConfiguration Passes(NodeConfiguration c) => c with { FusedNorm = false };

    /// <summary>Scores and mixing share multipliers, and slices do where they are pairs.</summary>
    public static NodeConfiguration Shared(NodeConfiguration c) => c with { SharesMultipliers = true, PairsSlices = c.Channels > 1 };

    private static readonly Dictionary<string, NodeConfiguration> All = new()
    {
        [nameof(Equal)] = Equal,
        [nameof(Narrow)] = Narrow,
        [nameof(Wide)] = Wide,
        [nameof(OneChannel)] = OneChannel,
        [nameof(ThreeHeads)] = ThreeHeads,
        [nameof(Groups)] = Groups,
        [nameof(Columns)] = Columns,
        [nameof(OneValue)] = OneValue,
        [nameof(Split)] = Split,
        [nameof(SplitNarrow)] = SplitNarrow,
        [nameof(SplitColumns)] = SplitColumns,
        ["EqualSerial"] = Serial(Equal),
        ["NarrowSerial"] = Serial(Narrow),
        ["WideSerial"] = Serial(Wide),
        ["SplitSerial"] = Serial(Split),
        ["EqualStaged"] = Staged(Equal),
        ["SplitStaged"] = Staged(SplitColumns),
        ["EqualPasses"] = Passes(Equal),
        ["OneValuePasses"] = Passes(OneValue),
        ["EqualShared"] = Shared(Equal),
        ["NarrowShared"] = Shared(Narrow),
        ["WideShared"] = Shared(Wide),
        ["OneChannelShared"] = Shared(OneChannel),
    };

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => All.Keys;

    /// <summary>Names of the shapes themselves, with all switches as they are.</summary>
    public static IReadOnlyList<string> Shapes { get; } =
        [nameof(Equal), nameof(Narrow), nameof(Wide), nameof(OneChannel), nameof(ThreeHeads), nameof(Groups), nameof(Columns), nameof(OneValue), nameof(Split), nameof(SplitNarrow), nameof(SplitColumns)];

    /// <summary>By name, for theories.</summary>
    public static NodeConfiguration Named(string name) => All[name].Validated();
}
