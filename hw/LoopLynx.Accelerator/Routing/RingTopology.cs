namespace LoopLynx.Accelerator;

/// <summary>How the nodes of a machine are joined. A single node has a place, and no link is built.</summary>
/// <param name="Places">One for each node.</param>
public sealed record RingTopology(IReadOnlyList<RingPlace> Places)
{
    /// <summary>The product's ring: every node to the next, the last one to the first.</summary>
    public static RingTopology Of(NodeConfiguration configuration) => Of(configuration, _ => new RingLink(configuration));

    /// <summary>The product's order with other links.</summary>
    /// <param name="configuration">The machine.</param>
    /// <param name="link">Makes the link that begins at a place.</param>
    public static RingTopology Of(NodeConfiguration configuration, Func<int, IRingLink> link) =>
        new([.. Enumerable.Range(0, configuration.Nodes).Select(i => new RingPlace(i, (i + 1) % configuration.Nodes, link(i)))]);
}
