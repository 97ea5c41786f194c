using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.LayerNorm;

/// <summary>Residual vectors that are hard for a layer norm, by name.</summary>
internal static class NormVectors
{
    public static IReadOnlyDictionary<string, Func<int, int[]>> All { get; } = new Dictionary<string, Func<int, int[]>>
    {
        ["zeros"] = length => new int[length],
        ["no variance"] = length => Filled(length, _ => 12_345),
        ["no variance at the top"] = length => Filled(length, _ => Plans.Max24),
        ["no variance at the bottom"] = length => Filled(length, _ => Plans.Min24),
        ["cancellation: one step above a large mean"] = length => Filled(length, i => i == 0 ? Plans.Max24 : Plans.Max24 - 1),
        ["both ends"] = length => Filled(length, i => i % 2 == 0 ? Plans.Max24 : Plans.Min24),
        ["one outlier"] = length => Filled(length, i => i == length / 2 ? Plans.Min24 : 0),
        ["one step"] = length => Filled(length, i => i == length - 1 ? 1 : 0),
        ["small"] = length => Drawn(length, seed: 1, size: 6),
        ["usual"] = length => Drawn(length, seed: 2, size: 3_000),
        ["large"] = length => Drawn(length, seed: 3, size: Plans.Max24),
    };

    private static int[] Filled(int length, Func<int, int> value) => [.. Enumerable.Range(0, length).Select(value)];

    private static int[] Drawn(int length, int seed, int size)
    {
        var random = new Random(seed);
        return Filled(length, _ => random.Next(-size, size + 1));
    }
}
