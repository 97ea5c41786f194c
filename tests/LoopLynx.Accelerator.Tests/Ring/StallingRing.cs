namespace LoopLynx.Accelerator.Tests.Ring;

/// <summary>A ring as <see cref="LoopLynxRing"/> with the same ports, where a test also opens and closes each link. One node is a node.</summary>
/// <param name="configuration">The machine.</param>
/// <param name="number">The number that a node is told; its own unless a test breaks the ring.</param>
/// <param name="successor">The node that a node's link goes to; the next unless a test breaks the ring.</param>
internal sealed class StallingRing(NodeConfiguration configuration, Func<int, int>? number = null, Func<int, int>? successor = null) : Module
{
    public readonly StreamIn<Signal> Token = In(UInt(Sizes.AddressBits(configuration.Context)));
    public readonly StreamIn<Signal> Embedding = In(configuration.Types.Residual.Lanes(configuration.PacketLanes));
    public readonly StreamOut<Signal> Hidden = Out(configuration.Types.Residual.Lanes(configuration.PacketLanes));
    public readonly AxiPort[] Channel = AxiPort.Array(configuration.Nodes * configuration.Channels, configuration.Lanes);
    public readonly Signal[] LinkOpen = [.. Enumerable.Range(0, configuration.Nodes).Select(i => Input(Bit, $"LinkOpen{i}"))];
    public readonly Signal[] Stages = [.. Enumerable.Range(0, configuration.Nodes).Select(i => Output(Scheduler.StepType(configuration), $"Stage{i}"))];
    public readonly Signal WriteFailed = Output(Bit);

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
            Stages[i].Drive(nodes[i].CurrentStage);
            if (c.Nodes > 1)
            {
                nodes[i].Ring!.NodeId.Drive(number?.Invoke(i) ?? i);
                nodes[successor?.Invoke(i) ?? (i + 1) % c.Nodes].Ring!.From.Drive(StallingLink.Of(c, nodes[i].Ring!.To, LinkOpen[i], i));
            }

            for (var channel = 0; channel < c.Channels; channel++)
            {
                AxiPort.Connect(Channel[(i * c.Channels) + channel], nodes[i].Channel[channel]);
            }
        }

        var complete = nodes.Select(n => n.Hidden.Valid).Aggregate((a, b) => a & b);
        Hidden.Valid.Drive(complete);
        Hidden.Data.Drive(nodes[0].Hidden.Data);
        foreach (var node in nodes)
        {
            node.Hidden.Ready.Drive(complete & Hidden.Ready);
        }

        WriteFailed.Drive(nodes.Select(n => n.WriteFailed).Aggregate((a, b) => a | b));
    }
}
