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
/// A flit leaves from a register with a credit for a place in the next router's FIFO, so the link between has no ready. What the step says is registered
/// before it is used: inside a ring's router everything happens a cycle later.
/// </remarks>
public sealed class Router(NodeConfiguration configuration) : Module
{
    private const MemoryStyle StageStyle = MemoryStyle.Auto;

    // The node that computed a packet, how many come before its, and the packet's own number.
    private const int PlaceLevels = 3;

    // A packet's way into the FIFO, and its room back.
    private const int LandingDepth = 4;

    /// <summary>Cycles from a packet that is sent to the same packet on the link.</summary>
    public const int SendLatency = 1;

    /// <summary>Cycles from a place that a flit leaves to its credit on the link.</summary>
    public const int ReturnLatency = 1;

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
    public static int Latency(NodeConfiguration c) => EntryLatency(c) + StageLatency(c) + LandingLatency(c);

    /// <summary>Cycles from a packet of this node at the port to the router's own logic: on a ring a FIFO, since it goes two ways.</summary>
    public static int EntryLatency(NodeConfiguration c) => c.Nodes == 1 ? 0 : StreamFifos.Latency();

    /// <summary>Cycles of a packet of this node that waits for its stage: without transmission hiding through the FIFO of the stage's packets.</summary>
    public static int StageLatency(NodeConfiguration c) => c.Nodes == 1 || c.TransmissionHiding ? 0 : StreamFifos.Latency(StageStyle);

    /// <summary>
    /// Cycles from a packet in the router, of this node or from the ring, to its buffers: where there are several nodes its place is computed.
    /// </summary>
    public static int LandingLatency(NodeConfiguration c) => c.Nodes == 1 ? StreamFifos.Latency() : StreamPipelines.Latency(PlaceLevels);

    /// <summary>Cycles from a flit on the link to the same packet in the router.</summary>
    public static int ReceiveLatency(NodeConfiguration c) => StreamFifos.Latency(LinkStyle(c));

    /// <summary>Cycles from a packet of another node in the router to the first in which it can be sent on.</summary>
    public static int ForwardLatency => StreamFifos.Latency();

    /// <summary>Cycles from a packet that is sent to the same packet in the next router.</summary>
    public static int HopLatency(NodeConfiguration c) =>
        SendLatency + (c.KernelLinks ? KernelRing.FlitLatency : 0) + CardRing.SlowestLink(c) + ReceiveLatency(c);

    // Hundreds of flits are under way between two cards: too deep for memory of LUTs, which would be one multiplexer of all of it.
    private static MemoryStyle LinkStyle(NodeConfiguration c) => CardRing.HasCards(c) ? MemoryStyle.Block : MemoryStyle.Distributed;

    private HdlType IndexType => ResultPacket.IndexType(configuration);

    /// <inheritdoc/>
    protected override void Build()
    {
        if (Ring is null)
        {
            var packets = Counted(Local, Begin, out var number).Map(values => new Pair<Signal, Signal>(number, values)).Fifo(LandingDepth, name: "landing");
            Deal(packets.Map(p => new ResultPacket(p.First, Const(Bit, 1), p.Second)));
            Awaits.Drive(0);
            Sent.Drive(1);
            return;
        }

        Exchange(Ring, new Step(Begin.RegisteredReset(0, name: "begin"), Gather.Registered(name: "gather"), PerNode.Registered(name: "perNode")));
    }

    private void Exchange(RingPort ring, Step step)
    {
        var own = Complete(((Stream<Signal>)Local).Fifo(LandingDepth, name: "landing"), step).Fork(2, "own");
        var received = Receive(ring, step);
        Sent.Drive((!own[1].Valid).RegisteredReset(0, name: "sent"));
        Send(ring, own[1].DropWhen(!step.Gather, "sends"), received.Forward);
        var mine = Counted(own[0], step.Begin, out var number).Map(_ => new Turn(Const(RoundType, 0), number, Const(IndexType, 0)));
        Awaits.Drive((received.Open & AllCame(step)).RegisteredReset(0, name: "awaits"));
        Deal(Placed(Merged(mine, received, own[0].Data), ring.NodeId.Registered(name: "nodeId"), step));
    }

    /// <summary>
    /// This node's kernels have computed all packets of the stage, which may still wait behind those from the ring. Packets count as they come in, so the
    /// count is cleared by the stage's own first cycle and not by the one in which the router sees it.
    /// </summary>
    private Signal AllCame(Step step)
    {
        Counter(out var came, UInt(PerNode.Width));
        When(Begin, () => came.Clear()).ElseWhen(Local.Fire, () => came.Step());
        return came.Value == step.PerNode;
    }

    /// <summary>
    /// Both sides' packets, those from the ring first: what waits there holds up all nodes. Both sides' values come along, and which it is is chosen behind
    /// registers, so that the choice doesn't drive their width.
    /// </summary>
    private static Stream<Arrival> Merged(Stream<Turn> mine, Received received, Signal values)
    {
        Wire(out var ready, Bit);
        var ring = received.Here;
        Let(out var isMine, !ring.Valid);
        mine.Ready.Drive(isMine & ready);
        ring.Ready.Drive(ready);
        Signal Chosen(Signal own, Signal others) => Mux(isMine, own, others);
        var (a, b) = (mine.Data, ring.Data);
        var merged = new Arrival(isMine, Chosen(a.Round, b.Round), Chosen(a.First, b.First), Chosen(a.Item, b.Item), values, received.Values);
        return StreamSources.Of(mine.Valid | ring.Valid, merged, ready, "result");
    }

    /// <summary>The packets, with a count of those that have come in their stage.</summary>
    private Stream<Signal> Counted(Stream<Signal> packets, Signal begin, out Signal count)
    {
        Counter(out var number, IndexType);
        When(begin, () => number.Clear()).ElseWhen(packets.Fire, () => number.Step());
        count = number.Value;
        return packets;
    }

    private HdlType RoundType => UInt(Sizes.AddressBits(configuration.Nodes - 1));

    /// <summary>Packets with their place in the stage's whole vector: behind those of the nodes before the one that computed them.</summary>
    private Stream<ResultPacket> Placed(Stream<Arrival> packets, Signal nodeId, Step step) => packets.Pipeline(PlaceLevels, p =>
    {
        // Node (id - 1 - round) mod n, without a modulo; this node where the packet is its own.
        var c = configuration;
        Let(out var ahead, (Held(nodeId) + Const(UInt(4), c.Nodes - 1) - p.Round).Truncate(5).AsUnsigned());
        var other = Mux(ahead < c.Nodes, ahead, ahead.WrapSub(c.Nodes)).Truncate(nodeId.Width);
        var source = Mux(p.Own, Mux(Held(step.Gather), Held(nodeId), 0), other).Registered(name: "source");
        var before = Times(source, Held(step.PerNode)).Registered(name: "before");
        var within = (p.First + p.Item).Resize(IndexType.Width).Delayed(PlaceLevels - 1);
        var index = (before + within).Resize(IndexType.Width).Registered(name: "index");
        var values = Mux(p.Own.Registered(name: "isMine"), p.Mine.Registered(name: "mine"), p.Others.Registered(name: "others")).Delayed(PlaceLevels - 1);
        return new ResultPacket(index, p.Own.Delayed(PlaceLevels), values);
    }, "placed");

    /// <summary>Packets of so many nodes: a sum of shifted counts, since a multiplier would want registers of its own around it.</summary>
    private Signal Times(Signal nodes, Signal count)
    {
        var none = Const(IndexType, 0);
        Signal Part(int bit) => Mux(nodes[bit], (count << bit).Resize(IndexType.Width), none);
        return Enumerable.Range(0, nodes.Width).Select(Part).Aggregate((a, b) => a.WrapAdd(b));
    }

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
    private Stream<Signal> Complete(Stream<Signal> local, Step step)
    {
        if (configuration.TransmissionHiding)
        {
            return local;
        }

        Counter(out var arrived, PerNode.Type);
        When(step.Begin, () => arrived.Clear()).ElseWhen(local.Fire, () => arrived.Step());
        var most = configuration.Program.EachLayer.Where(s => s.Exchanges).Max(configuration.Program.OwnValues) / configuration.PacketLanes;
        return local.Fifo(most, StageStyle, "stage").Gate(!step.Gather | arrived.Value == step.PerNode, "complete");
    }

    /// <summary>Blocks of own packets, then of received ones, in the order of the rounds.</summary>
    private void Send(RingPort ring, Stream<Signal> own, Stream<Signal> forward)
    {
        var c = configuration;
        var rounds = c.Nodes - 1;
        Register(out var round, UInt(Sizes.AddressBits(rounds)), reset: 0);
        Register(out var item, UInt(Sizes.AddressBits(c.RingBlock)), reset: 0);
        Credits(out var places, FifoDepths.Link(c));
        Let(out var sendsOwn, round == 0);
        Let(out var sends, Mux(sendsOwn, own.Valid, forward.Valid) & places.Any);
        own.Ready.Drive(sendsOwn & places.Any);
        forward.Ready.Drive(!sendsOwn & places.Any);
        places.Move(sends, give: ring.Returned);
        When(sends, () => Count(item, c.RingBlock, () => Count(round, rounds, () => { })));
        ring.To.Valid.Drive(sends.RegisteredReset(0, name: "flit_valid"));
        ring.To.Data.Drive(Mux(sendsOwn, own.Data, forward.Data).Registered(name: "flit"));
        Assert(!ring.To.Valid | ring.To.Ready, "a link takes every flit: it has a credit");
    }

    /// <summary>The other nodes' packets, with their places; those that go on are forwarded.</summary>
    private Received Receive(RingPort ring, Step step)
    {
        var c = configuration;
        var rounds = c.Nodes - 1;
        Register(out var first, step.PerNode.Type, reset: 0);
        Register(out var round, RoundType, reset: 0);
        Register(out var item, UInt(Sizes.AddressBits(c.RingBlock)), reset: 0);
        Register(out var open, Bit, reset: 0);

        // The successor may be a stage ahead: its flits wait until this node is there too.
        var flits = Landed(ring).Gate(open, "flits");
        Let(out var lastBlock, first == step.PerNode.WrapSub(c.RingBlock).Registered(name: "lastFirst"));
        When(step.Begin, () =>
        {
            first.Drive(0);
            open.Drive(step.Gather);
        }).ElseWhen(flits.Fire, () => Count(item, c.RingBlock, () => Count(round, rounds, () =>
        {
            first.Drive(first.WrapAdd(c.RingBlock));
            open.Drive(!lastBlock);
        })));

        var ways = flits.Fork(2, "way");
        var here = ways[0].Map(_ => new Turn(round, first.Resize(IndexType.Width), item.Resize(IndexType.Width)));
        var forward = ways[1].DropWhen(round == rounds - 1, "last").Fifo(FifoDepths.Forward(c), name: "forward");
        return new(here, ways[0].Data, forward, open);
    }

    /// <summary>The flits of the link in a FIFO that has a place for each that was sent; a place that is free again gives its credit back.</summary>
    private Stream<Signal> Landed(RingPort ring)
    {
        Wire(out var room, Bit);
        var landed = StreamSources.Of(ring.From.Valid, ring.From.Data, room).Fifo(FifoDepths.Link(configuration), LinkStyle(configuration), "link");
        Assert(!ring.From.Valid | room, "a flit that has a credit finds a place");
        ring.From.Ready.Drive(1);
        ring.Returns.Drive(landed.Fire.RegisteredReset(0, name: "returns"));

        // The deep FIFO's memory is far from what may hold a flit up.
        return CardRing.HasCards(configuration) ? landed.Skid("landed") : landed;
    }

    /// <summary>Counts to <paramref name="count"/> - 1 and on from 0, with <paramref name="wrap"/>.</summary>
    private static void Count(Signal counter, int count, Action wrap) => When(counter == count - 1, () =>
    {
        counter.Drive(0);
        wrap();
    }).Else(() => counter.Drive(counter.WrapAdd(1)));

    /// <summary>A packet without its values, before its place is known: whose it is, and its number behind the first of its block or of the stage.</summary>
    private sealed record Turn(Signal Round, Signal First, Signal Item);

    /// <summary>The same with the choice, this node's values, and those from the ring.</summary>
    private sealed record Arrival(Signal Own, Signal Round, Signal First, Signal Item, Signal Mine, Signal Others);

    /// <summary>The other nodes' packets: their turns and values, those that go on, and whether there are some to come.</summary>
    private sealed record Received(Stream<Turn> Here, Signal Values, Stream<Signal> Forward, Signal Open);

    /// <summary>What the stage says, in registers of the router.</summary>
    private sealed record Step(Signal Begin, Signal Gather, Signal PerNode);
}
