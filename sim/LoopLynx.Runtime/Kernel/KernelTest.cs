using LoopLynx.Accelerator;

namespace LoopLynx.Runtime;

/// <summary>What the kernels' self-test says.</summary>
/// <param name="Channels">The memory channels, node after node.</param>
/// <param name="RingCycles">Cycles that a flit takes once round the ring, from node to node and through each; null: there is one node.</param>
public sealed record KernelTest(IReadOnlyList<ChannelTest> Channels, long? RingCycles)
{
    /// <summary>From the reports of the nodes.</summary>
    /// <param name="c">The kernels' configuration.</param>
    /// <param name="words">[node] the words of its report.</param>
    public static KernelTest Of(NodeConfiguration c, IReadOnlyList<IReadOnlyList<uint>> words)
    {
        uint Word(int node, string name) => words[node][KernelReportWords.Index(c, name)];
        ChannelTest Channel(int node, int i) =>
            new(node, i, Word(node, $"beats{i}"), Word(node, $"errors{i}"), (double)Word(node, $"beats{i}") * c.Lanes / Word(node, "cycles"));
        var nodes = Enumerable.Range(0, words.Count).ToArray();

        // The node that has begun last waits for nobody: its own first flit's way is all that it sees.
        long? ring = words.Count == 1 ? null : nodes.Min(n => (long)Word(n, "joinCycles"));
        return new([.. nodes.SelectMany(n => Enumerable.Range(0, c.Channels).Select(i => Channel(n, i)))], ring);
    }
}
