namespace LoopLynx.Accelerator;

/// <summary>
/// Synchronises results between the nodes: every packet that a node computes goes to its own buffers and round the ring to all others.
/// On a single node packets pass through. Source: LoopLynx III-D, routing mechanism: n rounds, positional, the offset follows from the node's number and the
/// round.
/// </summary>
/// <remarks>
/// Order on a link, for each block of <c>RingBlock</c> packets: the node's own, then, for rounds 1 .. n - 2, those that it received in that round. A packet
/// received in round r is node (id - r) mod n's.
/// Sending and receiving are independent, so a block's exchange runs under the products of the next; without <c>TransmissionHiding</c> the own packets wait
/// until the stage's last is there.
/// Latency to the node's own buffers: <see cref="Latency"/>, full rate. The forward path has one FIFO of a block, so the ring can't deadlock:
/// what arrives always finds room.
/// </remarks>
public sealed class Router(NodeConfiguration configuration) : Module
{
    private const MemoryStyle StageStyle = MemoryStyle.Auto;

    /// <summary>Packets of this node's kernels, in order.</summary>
    public readonly StreamIn<Signal> Local = In(configuration.Types.Result.Lanes(configuration.PacketLanes));

    /// <summary>Packets for this node's buffers: its own in order, and those of the other nodes.</summary>
    public readonly StreamOut<ResultPacket> Buffers = Out<ResultPacket>(ResultPacket.Types(configuration));

    /// <summary>First cycle of a stage.</summary>
    public readonly Signal Begin = Input(Bit);

    /// <summary>The stage's results are wanted on every node.</summary>
    public readonly Signal Gather = Input(Bit);

    /// <summary>Packets that each node computes in this stage.</summary>
    public readonly Signal PerNode = Input(ResultPacket.CountType(configuration));

    /// <summary>This node's results are complete, the others' aren't.</summary>
    public readonly Signal Awaits = Output(Bit);

    /// <summary>No packet of this node waits for its link. A stage must not end before: its packets would be taken for the next one's.</summary>
    public readonly Signal Sent = Output(Bit);

    /// <summary>The ring; null on a single node.</summary>
    public readonly RingPort? Ring = configuration.Nodes > 1 ? new RingPort(configuration, "Ring") : null;

    /// <inheritdoc/>
    public override string Summary => configuration.Nodes > 1 ? $"ring router of {configuration.Nodes} nodes" : "single-node bypass of the ring";

    /// <summary>Cycles from a packet of this node to its buffers; without transmission hiding behind the FIFO of the stage's packets.</summary>
    public static int Latency(NodeConfiguration c) => StageLatency(c) + LandingLatency;

    /// <summary>Cycles from a packet of this node to the ring: without transmission hiding through the FIFO of the stage's packets.</summary>
    public static int StageLatency(NodeConfiguration c) => c.Nodes == 1 || c.TransmissionHiding ? 0 : StreamFifos.Latency(StageStyle);

    /// <summary>Cycles from a packet at the router, of this node or from the ring, to its buffers.</summary>
    public static int LandingLatency => StreamStages.IsolateLatency;

    /// <summary>Cycles from a flit of the ring to the same flit on the next link.</summary>
    public static int ForwardLatency => StreamFifos.Latency();

    private HdlType IndexType => ResultPacket.IndexType(configuration);

    /// <inheritdoc/>
    protected override void Build()
    {
        Counter(out var number, IndexType);
        Stream<ResultPacket> Numbered(Stream<Signal> packets, Signal first)
        {
            When(Begin, () => number.Clear()).ElseWhen(packets.Fire, () => number.Step());
            return packets.Map(values => new ResultPacket((first + number.Value).Truncate(IndexType.Width), Const(Bit, 1), values));
        }

        if (Ring is null)
        {
            Buffers.Drive(Landing(Numbered(Local, Const(IndexType, 0))));
            Awaits.Drive(0);
            Sent.Drive(1);
            return;
        }

        var own = Complete(Local).Fork(2, "own");
        var received = Received(Ring);
        Sent.Drive(!own[1].Valid);
        Send(Ring, own[1].DropWhen(!Gather, "sent"), received.Forward);
        Let(out var ownFirst, Mux(Gather, (Ring.NodeId * PerNode).Resize(IndexType.Width), Const(IndexType, 0)));
        Awaits.Drive(received.Open & number.Value == PerNode.Resize(IndexType.Width));
        Buffers.Drive(Landing(StreamRouting.Arbitrate([Numbered(own[0], ownFirst), received.Here], "result")));
    }

    /// <summary>The levels of <see cref="LandingLatency"/>, which no ready passes.</summary>
    private static Stream<ResultPacket> Landing(Stream<ResultPacket> packets) => packets.Isolate("result");

    /// <summary>Without transmission hiding: packets that leave when all of the stage have come.</summary>
    private Stream<Signal> Complete(Stream<Signal> local)
    {
        if (configuration.TransmissionHiding)
        {
            return local;
        }

        Counter(out var arrived, PerNode.Type);
        When(Begin, () => arrived.Clear()).ElseWhen(local.Fire, () => arrived.Step());
        var most = configuration.Program.EachLayer.Where(s => s.Exchanges).Max(configuration.Program.OwnValues) / configuration.PacketLanes;
        return local.Fifo(most, StageStyle, "stage").Gate(!Gather | arrived.Value == PerNode, "complete");
    }

    /// <summary>Blocks of own packets, then of received ones, in the order of the rounds.</summary>
    private void Send(RingPort ring, Stream<Signal> own, Stream<Signal> forward)
    {
        var c = configuration;
        var rounds = c.Nodes - 1;
        Register(out var round, UInt(Sizes.AddressBits(rounds)), reset: 0);
        Register(out var item, UInt(Sizes.AddressBits(c.RingBlock)), reset: 0);
        Let(out var sendsOwn, round == 0);
        ring.To.Valid.Drive(Mux(sendsOwn, own.Valid, forward.Valid));
        ring.To.Data.Drive(Mux(sendsOwn, own.Data, forward.Data));
        own.Ready.Drive(sendsOwn & ring.To.Ready);
        forward.Ready.Drive(!sendsOwn & ring.To.Ready);
        When(ring.To.Fire, () => Step(item, c.RingBlock, () => Step(round, rounds, () => { })));
        ring.To.AssertStable("flit");
    }

    /// <summary>The other nodes' packets, with their places; those that go on are forwarded.</summary>
    private (Stream<ResultPacket> Here, Stream<Signal> Forward, Signal Open) Received(RingPort ring)
    {
        var c = configuration;
        var rounds = c.Nodes - 1;
        Register(out var first, PerNode.Type, reset: 0);
        Register(out var round, UInt(Sizes.AddressBits(rounds)), reset: 0);
        Register(out var item, UInt(Sizes.AddressBits(c.RingBlock)), reset: 0);

        // The successor may be a stage ahead: its flits wait until this node is there too.
        Let(out var open, Gather & !Begin & first != PerNode);
        var flits = ring.From.Gate(open, "flits");
        When(Begin, () => first.Drive(0)).ElseWhen(
            flits.Fire, () => Step(item, c.RingBlock, () => Step(round, rounds, () => first.Drive(first.WrapAdd(c.RingBlock)))));

        // Node (id - 1 - round) mod n, without a modulo.
        Let(out var ahead, (ring.NodeId + Const(UInt(4), c.Nodes - 1) - round).Truncate(5).AsUnsigned());
        Let(out var source, Mux(ahead < c.Nodes, ahead, ahead.WrapSub(c.Nodes)).Truncate(ring.NodeId.Width));
        Let(out var index, ((source * PerNode) + first + item).Resize(IndexType.Width));
        var ways = flits.Fork(2, "way");
        var here = ways[0].Map(values => new ResultPacket(index, Const(Bit, 0), values));
        var forward = ways[1].DropWhen(round == rounds - 1, "last").Fifo(FifoDepths.Forward(c), name: "forward");
        return (here, forward, open);
    }

    /// <summary>Counts to <paramref name="count"/> - 1 and on from 0, with <paramref name="wrap"/>.</summary>
    private static void Step(Signal counter, int count, Action wrap) => When(counter == count - 1, () =>
    {
        counter.Drive(0);
        wrap();
    }).Else(() => counter.Drive(counter.WrapAdd(1)));
}
