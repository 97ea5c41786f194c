namespace LoopLynx.Accelerator;

/// <summary>
/// The nodes of a machine on a ring: all take the same position and embedding, and all arrive at the same hidden state. Source: LoopLynx Fig. 2(b).
/// </summary>
/// <remarks>The host reads node 0; <see cref="HiddenJoin"/> asserts that the others hold the same. A ring of one node is that node without links.</remarks>
/// <param name="configuration">The machine.</param>
/// <param name="topology">How its nodes are joined; as many places as nodes.</param>
public sealed class LoopLynxRing(NodeConfiguration configuration, RingTopology topology) : Module
{
    /// <summary>The product's ring.</summary>
    public LoopLynxRing(NodeConfiguration configuration)
        : this(configuration, RingTopology.Of(configuration))
    {
    }

    /// <summary>Position of the next token.</summary>
    public readonly StreamIn<Signal> Token = In(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>Its embedding, in packets, in order.</summary>
    public readonly StreamIn<Signal> Embedding = In(configuration.Types.Residual.Lanes(configuration.PacketLanes));

    /// <summary>The hidden state after the last block, in order.</summary>
    public readonly StreamOut<Signal> Hidden = Out(configuration.Types.Residual.Lanes(configuration.PacketLanes));

    /// <summary>The HBM pseudo-channels, node after node.</summary>
    public readonly Axi4[] Channel = MemoryPort.Ports(configuration.Nodes * configuration.Channels, configuration);

    /// <summary>How fast each channel of every node reads at most, as <see cref="ReadPacer.Rate"/>; null where nothing paces the reads.</summary>
    public readonly Signal? ReadPace = configuration.PacesReads ? Input(UInt(ReadPacer.FractionBits)) : null;

    /// <summary>Number of node 0's present step, for measurements; 0 is none.</summary>
    public readonly Signal CurrentStage = Output(Scheduler.StepType(configuration));

    /// <summary>Why node 0 is or isn't at work in this cycle.</summary>
    public readonly Signal CurrentActivity = Output(LoopLynxNode.ActivityType);

    /// <summary>A KV write of any node was answered with an error.</summary>
    public readonly Signal WriteFailed = Output(Bit);

    /// <summary>A read of any node was answered with an error.</summary>
    public readonly Signal ReadFailed = Output(Bit);

    /// <summary>The links, and their ports if they have any.</summary>
    public readonly IRingLink[] Links = [.. topology.Places.Select(place => place.Link)];

    /// <summary>Cycles from a token that the ring takes to the same token at its nodes, and from a node's hidden state to the ring's: registers.</summary>
    public static int HostLatency(NodeConfiguration c) => c.Nodes == 1 ? 0 : EntryLatency + HiddenJoin.Latency;

    /// <summary>Cycles from a token that a ring of several nodes takes to the same token at its nodes.</summary>
    public const int EntryLatency = StreamStages.IsolateLatency;

    /// <inheritdoc/>
    public override string Summary => $"LoopLynx, {configuration.Nodes} nodes on a ring";

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var nodes = Instances(c.Nodes, _ => new LoopLynxNode(c), "node");
        var tokens = Token.Fork(c.Nodes, "token");
        var embeddings = Embedding.Fork(c.Nodes, "embedding");
        for (var i = 0; i < c.Nodes; i++)
        {
            nodes[i].Token.Drive(AtBorder(tokens[i], $"token{i}_border"));
            nodes[i].Embedding.Drive(AtBorder(embeddings[i], $"embedding{i}_border"));
            nodes[i].ReadPace?.Drive(ReadPace!);
            if (nodes[i].Ring is { } port)
            {
                var place = topology.Places[i];
                port.NodeId.Drive(place.Number);
                Links[i].Join(port, nodes[place.Successor].Ring!, i);
            }

            for (var channel = 0; channel < c.Channels; channel++)
            {
                Channel[(i * c.Channels) + channel].Drive(nodes[i].Channel[channel]);
            }
        }

        Hidden.Drive(Joined(nodes));
        CurrentStage.Drive(nodes[0].CurrentStage);
        CurrentActivity.Drive(nodes[0].CurrentActivity);
        WriteFailed.Drive(Any(nodes.Select(n => n.WriteFailed), "writeFailed"));
        ReadFailed.Drive(Any(nodes.Select(n => n.ReadFailed), "readFailed"));
    }

    private Stream<Signal> Joined(IReadOnlyList<LoopLynxNode> nodes)
    {
        if (configuration.Nodes == 1)
        {
            return nodes[0].Hidden;
        }

        Instance(out var hiddenJoin, new HiddenJoin(configuration));
        foreach (var (port, node) in hiddenJoin.Nodes.Zip(nodes))
        {
            port.Drive(node.Hidden);
        }

        return hiddenJoin.Hidden;
    }

    /// <summary>What goes between the host and several nodes, which lie far apart, is registered.</summary>
    private Stream<Signal> AtBorder(Stream<Signal> stream, string name) => configuration.Nodes == 1 ? stream : stream.Isolate(name);

    private Signal Any(IEnumerable<Signal> flags, string name)
    {
        var any = flags.Aggregate((a, b) => a | b);
        return configuration.Nodes == 1 ? any : any.RegisteredReset(0, name: name);
    }
}
