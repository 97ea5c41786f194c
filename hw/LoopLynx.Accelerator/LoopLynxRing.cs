namespace LoopLynx.Accelerator;

/// <summary>
/// Several nodes on a ring: all take the same position and embedding, and all arrive at the same hidden state. Source: LoopLynx Fig. 2(b).
/// </summary>
/// <remarks>The host reads node 0; that the others hold the same values is asserted, packet by packet.</remarks>
public sealed class LoopLynxRing(NodeConfiguration configuration) : Module
{
    /// <summary>Position of the next token.</summary>
    public readonly StreamIn<Signal> Token = In(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>Its embedding, in packets, in order.</summary>
    public readonly StreamIn<Signal> Embedding = In(configuration.Types.Residual.Lanes(configuration.PacketLanes));

    /// <summary>The hidden state after the last block, in order.</summary>
    public readonly StreamOut<Signal> Hidden = Out(configuration.Types.Residual.Lanes(configuration.PacketLanes));

    /// <summary>The HBM pseudo-channels, node after node.</summary>
    public readonly AxiPort[] Channel = AxiPort.Array(configuration.Nodes * configuration.Channels, configuration.Lanes);

    /// <summary>Number of node 0's present step, for measurements; 0 is none.</summary>
    public readonly Signal CurrentStage = Output(Scheduler.StepType(configuration));

    /// <summary>Why node 0 is or isn't at work in this cycle.</summary>
    public readonly Signal CurrentActivity = Output(LoopLynxNode.ActivityType);

    /// <summary>A KV write of any node was answered with an error.</summary>
    public readonly Signal WriteFailed = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => $"LoopLynx, {configuration.Nodes} nodes on a ring";

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var nodes = Instances(c.Nodes, _ => new LoopLynxNode(c), "node");
        var tokens = ((Stream<Signal>)Token).Fork(c.Nodes, "token");
        var embeddings = ((Stream<Signal>)Embedding).Fork(c.Nodes, "embedding");
        for (var i = 0; i < c.Nodes; i++)
        {
            nodes[i].Token.Drive(tokens[i]);
            nodes[i].Embedding.Drive(embeddings[i]);
            nodes[i].Ring!.NodeId.Drive(i);
            nodes[(i + 1) % c.Nodes].Ring!.From.Drive(Link(nodes[i].Ring!.To, i));
            for (var channel = 0; channel < c.Channels; channel++)
            {
                AxiPort.Connect(Channel[(i * c.Channels) + channel], nodes[i].Channel[channel]);
            }
        }

        // The hidden states are equal, so they leave together.
        Let(out var complete, nodes.Select(n => n.Hidden.Valid).Aggregate((a, b) => a & b));
        Hidden.Valid.Drive(complete);
        Hidden.Data.Drive(nodes[0].Hidden.Data);
        foreach (var (node, i) in nodes.Select((n, i) => (n, i)))
        {
            node.Hidden.Ready.Drive(complete & Hidden.Ready);
            if (i > 0)
            {
                Assert(!complete | !(node.Hidden.Data != nodes[0].Hidden.Data).AnyLane(), $"node {i} has the hidden state of node 0");
            }
        }

        CurrentStage.Drive(nodes[0].CurrentStage);
        CurrentActivity.Drive(nodes[0].CurrentActivity);
        WriteFailed.Drive(nodes.Select(n => n.WriteFailed).Aggregate((a, b) => a | b));
    }

    /// <summary>Name of the FIFO at the end of the link that begins at a node.</summary>
    public static string LinkFifo(int from) => $"link{from}_fifo";

    /// <summary>A link: registers for its length, and the receiver's FIFO.</summary>
    private Stream<Signal> Link(Stream<Signal> flits, int from)
    {
        var delayed = Enumerable.Range(0, configuration.LinkLatency).Aggregate(flits, (s, i) => s.Isolate($"link{from}_{i}"));
        return delayed.Fifo(FifoDepths.Link(configuration), name: LinkFifo(from));
    }
}
