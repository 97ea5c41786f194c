namespace LoopLynx.Accelerator;

/// <summary>The room of the router: results of the kernels go round the ring, if the step wants that, and to the place that the step fills.</summary>
public sealed class ResultRouting
{
    private readonly NodeConfiguration _c;
    private readonly Router _router;
    private readonly StageControl _stage;
    private readonly List<(Stream<Signal> Packets, Signal Runs)> _sources = [];
    private readonly List<Stream<ActivationWrite>> _landed = [];

    internal ResultRouting(NodeConfiguration c, LoopLynxNode node, StageControl stage)
    {
        (_c, _stage) = (c, stage);
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

    // Bits that one register chooses.
    private const int BitsOfCopy = 128;

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

    /// <summary>Adds a kernel's packets, in order.</summary>
    /// <param name="packets">The packets.</param>
    /// <param name="steps">The steps in which it gives some; no other kernel does.</param>
    public void Add(Stream<Signal> packets, IEnumerable<ProgramStep> steps) => _sources.Add((packets.Isolate("result"), _stage.In(steps)));

    /// <summary>Adds packets for the activation memory that every node makes itself, with their places.</summary>
    public void AddLanded(Stream<ActivationWrite> packets) => _landed.Add(packets.Isolate("landed"));

    /// <summary>Connects what has been added.</summary>
    internal void Connect(ActivationBuffer activations)
    {
        _router.Local.Drive(Chosen());
        var packets = To(ResultPlace.Vector).Map(r => new ActivationWrite(
            r.Index.Resize(activations.Vector.Data.Index.Width), r.Values.Truncate(_c.Types.Activation.Width))).Isolate("vector");
        activations.Vector.Drive(_landed.Count == 0 ? packets : StreamRouting.Arbitrate([.. _landed, packets], "vector"));
    }

    /// <summary>
    /// The packets of the step's kernel. The step chooses: a packet's own valid would have to reach every bit. Its registers are a cycle behind the step, in
    /// whose first cycle no packet can have come yet.
    /// </summary>
    private Stream<Signal> Chosen()
    {
        var (rest, _) = _sources[^1];
        var (valid, data) = (rest.Valid, rest.Data);
        Wire(out var ready, Bit);
        foreach (var (packets, runs) in _sources.SkipLast(1))
        {
            var copies = runs.Copies((packets.Data.Type.Bits + BitsOfCopy - 1) / BitsOfCopy, reset: 0, name: "runs");
            valid = Mux(runs, packets.Valid, valid);
            var lanes = packets.Data.Lanes;
            data = Mux(copies.Spread(lanes, share: (lanes + copies.Length - 1) / copies.Length), packets.Data, data);
            packets.Ready.Drive(runs & ready);
            Assert(!packets.Valid | (runs & copies[0]), "a kernel's results come in its steps");
        }

        var others = _sources.SkipLast(1).Select(s => s.Runs).Aggregate(Const(Bit, 0), (a, b) => a | b);
        rest.Ready.Drive(!others & ready);
        Assert(!rest.Valid | !others, "the last kernel's results come in its steps");
        return StreamSources.Of(valid, data, ready, "results");
    }

    private static ResultPlace PlaceOf(ProgramStep step) => step.Result! switch
    {
        { Buffer: Buffers.Heads } => ResultPlace.Heads,
        { Buffer: Buffers.Residual } => ResultPlace.Residual,
        { Unary: not null } => ResultPlace.Unary,
        _ => ResultPlace.Vector,
    };
}
