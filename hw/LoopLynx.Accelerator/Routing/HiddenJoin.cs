namespace LoopLynx.Accelerator;

/// <summary>
/// Joins the hidden states of a ring's nodes for the host. They are equal, so node 0's leaves, as soon as the same packet of every node is here.
/// </summary>
/// <remarks>
/// Latency <see cref="Latency"/>, full rate. The nodes lie far apart: each one's packets cross to this module once, into a FIFO of its own, and what is
/// decided about all of them together is decided here. That all hold the same values is asserted, packet by packet.
/// </remarks>
/// <param name="configuration">The machine, of at least two nodes.</param>
public sealed class HiddenJoin(NodeConfiguration configuration) : Module
{
    // Full rate.
    private const int Depth = 2;

    /// <summary>Cycles from the last node's packet to the same packet of the ring.</summary>
    public static int Latency => StreamFifos.Latency();

    /// <summary>Each node's hidden state, packets in order, by the node's place on the ring.</summary>
    public readonly StreamIn<Signal>[] Nodes = [.. Enumerable.Range(0, configuration.Nodes).Select(i => In(PacketType(configuration), $"Node{i}"))];

    /// <summary>The hidden state, packets in order.</summary>
    public readonly StreamOut<Signal> Hidden = Out(PacketType(configuration));

    /// <inheritdoc/>
    public override string Summary => $"hidden states of {configuration.Nodes} nodes, joined";

    /// <inheritdoc/>
    protected override void Build()
    {
        var states = Nodes.Select((node, i) => ((Stream<Signal>)node).Fifo(Depth, name: $"hidden{i}", lateValid: true)).ToArray();
        Let(out var complete, states.Select(h => h.Valid).Aggregate((a, b) => a & b));
        Hidden.Valid.Drive(complete);
        Hidden.Data.Drive(states[0].Data);
        foreach (var state in states)
        {
            state.Ready.Drive(complete & Hidden.Ready);
        }

        foreach (var (state, i) in states.Select((state, i) => (state, i)).Skip(1))
        {
            Assert(!complete | !(state.Data != states[0].Data).AnyLane(), $"node {i} has the hidden state of node 0");
        }
    }

    private static HdlType PacketType(NodeConfiguration c) => c.Types.Residual.Lanes(c.PacketLanes);
}
