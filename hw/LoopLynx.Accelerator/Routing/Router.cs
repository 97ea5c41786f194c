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

    // The node that computed a packet, how many come before its, and the packet's own number.
    private const int PlaceLevels = 3;

    // A packet's way into the FIFO, and its room back.
    private const int LandingDepth = 4;

    /// <summary>Packets of this node's kernels, in order.</summary>
    public readonly StreamIn<Signal> Local = In(configuration.Types.Result.Lanes(configuration.PacketLanes));

    /// <summary>Packets for this node's buffers, a port for each <see cref="ResultPlace"/>: its own in order, and those of the other nodes.</summary>
    public readonly StreamOut<ResultPacket>[] Buffers =
        [.. Enum.GetNames<ResultPlace>().Select(place => Out<ResultPacket>(ResultPacket.Types(configuration), $"{place}"))];

    /// <summary>The <see cref="ResultPlace"/> to which the stage's packets go; stable from its first cycle on.</summary>
    public readonly Signal Place = Input(UInt(Sizes.AddressBits(Enum.GetValues<ResultPlace>().Length)));

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
    public static int Latency(NodeConfiguration c) => StageLatency(c) + LandingLatency(c);

    /// <summary>Cycles from a packet of this node to the ring: without transmission hiding through the FIFO of the stage's packets.</summary>
    public static int StageLatency(NodeConfiguration c) => c.Nodes == 1 || c.TransmissionHiding ? 0 : StreamFifos.Latency(StageStyle);

    /// <summary>
    /// Cycles from a packet at the router, of this node or from the ring, to its buffers: where there are several nodes its place is computed.
    /// </summary>
    public static int LandingLatency(NodeConfiguration c) => c.Nodes == 1 ? StreamFifos.Latency() : StreamPipelines.Latency(PlaceLevels);

    /// <summary>Cycles from a flit of the ring to the same flit on the next link.</summary>
    public static int ForwardLatency => StreamFifos.Latency();

    private HdlType IndexType => ResultPacket.IndexType(configuration);

    /// <inheritdoc/>
    protected override void Build()
    {
        Counter(out var number, IndexType);
        Stream<T> Counted<T>(Stream<T> packets)
        {
            When(Begin, () => number.Clear()).ElseWhen(packets.Fire, () => number.Step());
            return packets;
        }

        if (Ring is null)
        {
            var packets = Counted((Stream<Signal>)Local).Map(values => new Pair<Signal, Signal>(number.Value, values)).Fifo(LandingDepth, name: "landing");
            Deal(packets.Map(p => new ResultPacket(p.First, Const(Bit, 1), p.Second)));
            Awaits.Drive(0);
            Sent.Drive(1);
            return;
        }

        var own = Complete(Local).Fork(2, "own");
        var received = Received(Ring);
        Sent.Drive(!own[1].Valid);
        Send(Ring, own[1].DropWhen(!Gather, "sent"), received.Forward);
        Awaits.Drive((received.Open & number.Value == PerNode.Resize(IndexType.Width)).RegisteredReset(0, name: "awaits"));
        var mine = Counted(own[0]).Map(values => new Arrival(Const(Bit, 1), Const(RoundType, 0), number.Value, Const(IndexType, 0), values));
        Deal(Placed(StreamRouting.Arbitrate([mine, received.Here], "result"), Ring.NodeId));
    }

    private HdlType RoundType => UInt(Sizes.AddressBits(configuration.Nodes - 1));

    /// <summary>Packets with their place in the stage's whole vector: behind those of the nodes before the one that computed them.</summary>
    private Stream<ResultPacket> Placed(Stream<Arrival> packets, Signal nodeId) => packets.Pipeline(PlaceLevels, p =>
    {
        // Node (id - 1 - round) mod n, without a modulo; this node where the packet is its own.
        var c = configuration;
        Let(out var ahead, (Held(nodeId) + Const(UInt(4), c.Nodes - 1) - p.Round).Truncate(5).AsUnsigned());
        var other = Mux(ahead < c.Nodes, ahead, ahead.WrapSub(c.Nodes)).Truncate(nodeId.Width);
        var source = Mux(p.Own, Mux(Held(Gather), Held(nodeId), 0), other).Registered(name: "source");
        var before = (source * Held(PerNode)).Resize(IndexType.Width).Registered(name: "before");
        var within = (p.First + p.Item).Resize(IndexType.Width).Delayed(PlaceLevels - 1);
        var index = (before + within).Resize(IndexType.Width).Registered(name: "index");
        return new ResultPacket(index, p.Own.Delayed(PlaceLevels), p.Values.Delayed(PlaceLevels));
    }, "placed");

    /// <summary>The packets to their place; a register of its own decides, so that no other kernel's path goes on here.</summary>
    private void Deal(Stream<ResultPacket> packets)
    {
        var place = Place.Registered(name: "place");
        foreach (var (port, way) in Buffers.Zip(packets.Demultiplex(place, Buffers.Length, "way")))
        {
            port.Drive(way);
        }
    }

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
    private (Stream<Arrival> Here, Stream<Signal> Forward, Signal Open) Received(RingPort ring)
    {
        var c = configuration;
        var rounds = c.Nodes - 1;
        Register(out var first, PerNode.Type, reset: 0);
        Register(out var round, RoundType, reset: 0);
        Register(out var item, UInt(Sizes.AddressBits(c.RingBlock)), reset: 0);

        // The successor may be a stage ahead: its flits wait until this node is there too.
        Let(out var open, Gather & !Begin & first != PerNode);
        var flits = ring.From.Gate(open, "flits");
        When(Begin, () => first.Drive(0)).ElseWhen(
            flits.Fire, () => Step(item, c.RingBlock, () => Step(round, rounds, () => first.Drive(first.WrapAdd(c.RingBlock)))));

        var ways = flits.Fork(2, "way");
        var here = ways[0].Map(values => new Arrival(Const(Bit, 0), round, first.Resize(IndexType.Width), item.Resize(IndexType.Width), values));
        var forward = ways[1].DropWhen(round == rounds - 1, "last").Fifo(FifoDepths.Forward(c), name: "forward");
        return (here, forward, open);
    }

    /// <summary>Counts to <paramref name="count"/> - 1 and on from 0, with <paramref name="wrap"/>.</summary>
    private static void Step(Signal counter, int count, Action wrap) => When(counter == count - 1, () =>
    {
        counter.Drive(0);
        wrap();
    }).Else(() => counter.Drive(counter.WrapAdd(1)));

    /// <summary>A packet before its place is known: whose it is, and its number behind the first of its block or of the stage.</summary>
    private sealed record Arrival(Signal Own, Signal Round, Signal First, Signal Item, Signal Values);
}
