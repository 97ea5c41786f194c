namespace LoopLynx.Accelerator;

/// <summary>
/// A node's place on a ring of kernels: joins the others when a token begins, gives the node its credits, and knows when nobody needs this node for the token
/// any more.
/// </summary>
/// <remarks>
/// A token is joined when the successor's counter has come: all nodes before it have joined then, and all FIFOs are empty, so that none of an older token is
/// in the way. It is settled when every node has taken as many flits as this one has sent, which all do alike.
/// </remarks>
public sealed class KernelRing(NodeConfiguration configuration) : Module
{
    private static readonly HdlType _counter = UInt(RingFlit.CreditBits);

    /// <summary>From the kernel before.</summary>
    public readonly AxiStream RingIn = AxiStream.Subordinate(RingFlit.Format(configuration));

    /// <summary>To the next kernel.</summary>
    public readonly AxiStream RingOut = AxiStream.Manager(RingFlit.Format(configuration));

    /// <summary>1 for a cycle: a token begins.</summary>
    public readonly Signal Begin = Input(Bit);

    /// <summary>Its number; stable while the kernel runs.</summary>
    public readonly Signal Epoch = Input(UInt(RingFlit.EpochBits));

    /// <summary>1 for a cycle: the node has ended the token before its time.</summary>
    public readonly Signal Ends = Input(Bit);

    /// <summary>The node has handed over the token's hidden state.</summary>
    public readonly Signal Handed = Input(Bit);

    /// <summary>Cycles without a flit after which the ring is silent.</summary>
    public readonly Signal Patience = Input(UInt(ChannelGuard.WatchBits));

    /// <summary>The node has a flit.</summary>
    public readonly Signal HasFlit = Input(Bit);

    /// <summary>Its values.</summary>
    public readonly Signal Flit = Input(RingFlit.ValuesType(configuration));

    /// <summary>1 for a cycle: the node has a place again for a flit that it received.</summary>
    public readonly Signal Returns = Input(Bit);

    /// <summary>There is a flit for the node.</summary>
    public readonly Signal HasReceived = Output(Bit);

    /// <summary>Its values.</summary>
    public readonly Signal Received = Output(RingFlit.ValuesType(configuration));

    /// <summary>1 for a cycle: the node may send one more flit.</summary>
    public readonly Signal Returned = Output(Bit);

    /// <summary>All nodes take part in the token.</summary>
    public readonly Signal IsJoined = Output(Bit);

    /// <summary>No node needs this one for the token any more; until the next begins.</summary>
    public readonly Signal IsSettled = Output(Bit);

    /// <summary>The token has the number of the one before: an argument that no start may have.</summary>
    public readonly Signal Repeats = Output(Bit);

    /// <summary>What has gone wrong, a <see cref="KernelFault"/>.</summary>
    public readonly Signal Fault = Output(ChannelGuard.FaultType);

    /// <summary>Flits of the token that have come.</summary>
    public readonly Signal Count = Output(UInt(ChannelGuard.CountBits));

    /// <summary>Cycles from a node's flit to the same flit at the next node, without the link between their kernels.</summary>
    public static int FlitLatency => RingSender.Latency + RingReceiver.Latency;

    /// <summary>Cycles from a counter that a kernel is sent to the same counter at the next, without the link between them.</summary>
    public static int CreditLatency => RingSender.Latency + RingReceiver.Latency + 1;

    /// <summary>Cycles that the node's pulse takes to the counter, and the counter's growth to the pulse for the node.</summary>
    public const int ReturnLatency = 4;

    /// <inheritdoc/>
    public override string Summary => $"a place on a ring of {configuration.Nodes} kernels";

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        Instance(out var receiver, new RingReceiver(c));
        Instance(out var sender, new RingSender(c));
        receiver.RingIn.Drive(RingIn);
        RingOut.Drive(sender.RingOut);
        var epoch = Started();
        foreach (var (begin, number, ends) in new[] { (receiver.Begin, receiver.Epoch, receiver.Ends), (sender.Begin, sender.Epoch, sender.Ends) })
        {
            begin.Drive(Begin);
            number.Drive(epoch);
            ends.Drive(Ends);
        }

        HasReceived.Drive(receiver.HasFlit);
        Received.Drive(receiver.Flit);
        sender.HasFlit.Drive(HasFlit);
        sender.Flit.Drive(Flit);
        Fault.Drive(receiver.Fault);
        Count.Drive(receiver.Count);
        receiver.Patience.Drive(Patience);

        var own = Counted(Returns, "own");
        var received = receiver.Credits;
        sender.Credits.Drive(c.Nodes == 2 ? own : SignalLanes.JoinLanes(own, received.LaneSlice(0, c.Nodes - 2)));
        var pays = Pay(received.Lane(c.Nodes - 2));
        var sent = Counted(HasFlit, "sent");
        var all = SignalLanes.JoinLanes(own, received) == sent.Broadcast(c.Nodes);
        var taken = all.AllLanes().RegisteredReset(0, name: "taken");
        Register(out var settled, Bit, reset: 0);
        When(Begin, () => settled.Drive(0)).ElseWhen(taken & Handed & sender.IsTold & !pays, () => settled.Drive(1));
        IsSettled.Drive(settled);
        receiver.IsComplete.Drive(settled);
    }

    /// <summary>The token's number, kept from its begin.</summary>
    private Signal Started()
    {
        Register(out var started, Bit, reset: 0);
        Register(out var epoch, Epoch.Type, reset: 0);
        Register(out var repeats, Bit, reset: 0);
        When(Begin, () =>
        {
            started.Drive(1);
            epoch.Drive(Epoch);
            repeats.Drive(started & epoch == Epoch);
        });
        Repeats.Drive(repeats);
        return epoch;
    }

    /// <summary>A counter of credits: the places of a node, and one more for each pulse since the token began.</summary>
    private Signal Counted(Signal pulse, string name)
    {
        Register(out var count, _counter, reset: 0, name);
        When(Begin, () => count.Drive(FifoDepths.Link(configuration))).ElseWhen(pulse, () => count.Drive(count.WrapAdd(1)));
        return count;
    }

    /// <summary>Gives the node a credit for each that the successor's counter has grown by. Returns whether some are still to be given.</summary>
    private Signal Pay(Signal successor)
    {
        Register(out var known, Bit, reset: 0);
        Register(out var last, _counter, reset: 0);
        Register(out var grown, _counter, reset: 0);
        Register(out var owed, _counter, reset: 0);
        Let(out var comes, known | successor != 0);
        Let(out var pays, owed != 0);
        When(Begin, () =>
        {
            known.Drive(0);
            last.Drive(FifoDepths.Link(configuration));
            grown.Drive(0);
            owed.Drive(0);
        }).Else(() =>
        {
            known.Drive(comes);
            last.Drive(Mux(comes, successor, last));
            grown.Drive(Mux(comes, successor.WrapSub(last), Const(_counter, 0)));
            owed.Drive(owed.WrapAdd(grown).WrapSub(pays.Extend(_counter.Width)));
        });
        IsJoined.Drive(known);
        Returned.Drive((pays & !Begin).RegisteredReset(0, name: "returned"));
        return (pays | grown != 0).RegisteredReset(0, name: "pays");
    }
}
