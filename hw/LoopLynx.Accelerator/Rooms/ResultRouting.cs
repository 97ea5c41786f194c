namespace LoopLynx.Accelerator;

/// <summary>The room of the router: results of the kernels go round the ring, if the step wants that, and to the place that the step fills.</summary>
public sealed class ResultRouting
{
    private readonly NodeConfiguration _c;
    private readonly Router _router;
    private readonly List<Stream<Signal>> _sources = [];
    private readonly List<Stream<ActivationWrite>> _landed = [];

    internal ResultRouting(NodeConfiguration c, LoopLynxNode node, StageControl stage)
    {
        _c = c;
        Instance(out var router, new Router(c));
        _router = router;
        router.Begin.Drive(stage.Begin);
        Let(out var gathers, stage.In(c.Program.EachLayer.Where(s => s.Exchanges)));
        Gathers = gathers;
        router.Gather.Drive(gathers);
        IReadOnlyList<ProgramStep> results = [.. c.Program.EachLayer.Where(s => s.Result is not null)];
        router.PerNode.Drive(stage.Choose(router.PerNode.Type, results, s => s.Operation.Outputs(c.Model) / c.Nodes / c.PacketLanes));
        if (node.Ring is not null)
        {
            router.Ring!.NodeId.Drive(node.Ring.NodeId);
            router.Ring.From.Drive(node.Ring.From);
            node.Ring.To.Drive(router.Ring.To);
            node.Ring.Returns.Drive(router.Ring.Returns);
            router.Ring.Returned.Drive(node.Ring.Returned);
        }

        router.Place.Drive(stage.Choose(router.Place.Type, results, s => (int)PlaceOf(s)));
    }

    /// <summary>Cycles from a kernel's packet to the router.</summary>
    public const int EntryLatency = StreamStages.IsolateLatency;

    /// <summary>Cycles from a packet, of the router or that every node makes itself, to the activation memory.</summary>
    public const int VectorLatency = StreamStages.IsolateLatency;

    /// <summary>This node's results are complete, the other nodes' aren't.</summary>
    public Signal Awaits => _router.Awaits;

    /// <summary>The step's results go round the ring.</summary>
    public Signal Gathers { get; }

    /// <summary>No packet waits for its link, or the step has none.</summary>
    public Signal Sent => _router.Sent | !Gathers;

    /// <summary>Packets of a place.</summary>
    public Stream<ResultPacket> To(ResultPlace place) => _router.Buffers[(int)place];

    /// <summary>Adds a kernel's packets, in order; in each step one kernel gives some.</summary>
    public void Add(Stream<Signal> packets) => _sources.Add(packets.Isolate("result"));

    /// <summary>Adds packets for the activation memory that every node makes itself, with their places.</summary>
    public void AddLanded(Stream<ActivationWrite> packets) => _landed.Add(packets.Isolate("landed"));

    /// <summary>Connects what has been added.</summary>
    internal void Connect(ActivationBuffer activations)
    {
        _router.Local.Drive(StreamRouting.Arbitrate(_sources, "results"));
        var packets = To(ResultPlace.Vector).Map(r => new ActivationWrite(
            r.Index.Resize(activations.Vector.Data.Index.Width), r.Values.Truncate(_c.Types.Activation.Width))).Isolate("vector");
        activations.Vector.Drive(_landed.Count == 0 ? packets : StreamRouting.Arbitrate([.. _landed, packets], "vector"));
    }

    private static ResultPlace PlaceOf(ProgramStep step) => step.Result! switch
    {
        { Buffer: Buffers.Heads } => ResultPlace.Heads,
        { Buffer: Buffers.Residual } => ResultPlace.Residual,
        { Unary: not null } => ResultPlace.Unary,
        _ => ResultPlace.Vector,
    };
}
