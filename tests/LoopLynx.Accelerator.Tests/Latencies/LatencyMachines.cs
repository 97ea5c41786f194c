using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Latencies;

/// <summary>Machines whose kernels differ in what their latency depends on.</summary>
internal static class LatencyMachines
{
    private static readonly Dictionary<string, NodeConfiguration> Large = new()
    {
        ["fast"] = Presets.Fast(Machine.Shape(ModelDescription.Gpt2Medium)),
        ["paper"] = Presets.Paper(Machine.Shape(ModelDescription.Gpt2Medium)),
        ["compact"] = Presets.Compact(Machine.Shape(ModelDescription.Gpt2Medium)),
        ["fast, 4 nodes"] = Presets.Fast(Machine.Shape(ModelDescription.Gpt2Medium) with { Nodes = 4 }),
        ["paper, 4 nodes"] = Presets.Paper(Machine.Shape(ModelDescription.Gpt2Medium) with { Nodes = 4 }),
        ["fast without hiding, 2 nodes"] = Presets.Without(Presets.Fast(Machine.Shape(ModelDescription.Shakespeare) with { Nodes = 2 }), "transmission-hiding"),
        ["slices of four beats"] = Small.Columns with { Columns = 4 },
    };

    /// <summary>Presets at full size, small machines of one and of two columns, wide and narrow heads, one value in a packet, passes of their own.</summary>
    public static TheoryData<string> Names { get; } =
    [
        .. Large.Keys, nameof(Small.Equal), nameof(Small.Narrow), nameof(Small.Wide), nameof(Small.ThreeHeads), nameof(Small.Columns),
        nameof(Small.OneValue), nameof(Small.SplitColumns), "EqualStaged", "OneValuePasses", "WideShared",
    ];

    /// <summary>By name.</summary>
    public static NodeConfiguration Named(string name) => Large.TryGetValue(name, out var c) ? c.Validated() : Small.Named(name);
}
