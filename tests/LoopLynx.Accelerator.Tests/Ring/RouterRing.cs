namespace LoopLynx.Accelerator.Tests.Ring;

/// <summary>The routers of a ring without their nodes: the test plays the nodes, and opens and closes the links.</summary>
internal sealed class RouterRing(NodeConfiguration configuration) : Module
{
    public readonly StreamIn<Signal>[] Local = [.. Each(configuration, i => In(configuration.Types.Residual.Lanes(configuration.PacketLanes), $"Local{i}"))];
    public readonly StreamOut<ResultPacket>[] Buffers = [.. Each(configuration, i => Out<ResultPacket>(ResultPacket.Types(configuration), $"Buffers{i}"))];
    public readonly Signal[] Begin = [.. Each(configuration, i => Input(Bit, $"Begin{i}"))];
    public readonly Signal[] Gather = [.. Each(configuration, i => Input(Bit, $"Gather{i}"))];
    public readonly Signal[] PerNode = [.. Each(configuration, i => Input(ResultPacket.CountType(configuration), $"PerNode{i}"))];
    public readonly Signal[] LinkOpen = [.. Each(configuration, i => Input(Bit, $"LinkOpen{i}"))];
    public readonly Signal[] Awaits = [.. Each(configuration, i => Output(Bit, $"Awaits{i}"))];
    public readonly Signal[] Sent = [.. Each(configuration, i => Output(Bit, $"Sent{i}"))];

    protected override void Build()
    {
        var c = configuration;
        var routers = Instances(c.Nodes, _ => new Router(c), "router");
        for (var i = 0; i < c.Nodes; i++)
        {
            routers[i].Local.Drive(Local[i]);
            Buffers[i].Drive(routers[i].Buffers[0]);
            foreach (var other in routers[i].Buffers.Skip(1))
            {
                other.Ready.Drive(1);
            }

            routers[i].Place.Drive(0);
            routers[i].Begin.Drive(Begin[i]);
            routers[i].Gather.Drive(Gather[i]);
            routers[i].PerNode.Drive(PerNode[i]);
            Awaits[i].Drive(routers[i].Awaits);
            Sent[i].Drive(routers[i].Sent);
            routers[i].Ring!.NodeId.Drive(i);
            var sender = routers[i].Ring!;
            new RingLink(c).Join(StallingLink.Held(c, sender, LinkOpen[i], i), sender, routers[(i + 1) % c.Nodes].Ring!, i);
        }
    }

    private static IEnumerable<T> Each<T>(NodeConfiguration c, Func<int, T> make) => Enumerable.Range(0, c.Nodes).Select(make);
}
