namespace LoopLynx.Accelerator;

/// <summary>
/// A compute unit of a card: one node behind control registers, with its memory channels and the host's buffers as AXI4 ports. This is what the linker places,
/// and what a host starts for each token.
/// </summary>
/// <remarks>
/// A start reads the embedding from the buffer of embeddings, runs the token, writes the hidden state to the buffer of results and the status behind it, and
/// ends. A fault ends it too: by the bus's rules, with what is known about it in the status, and the next start is like any other.
/// </remarks>
public sealed class LoopLynxKernel(NodeConfiguration configuration) : Module
{
    /// <summary>Name of the instance of the node; what stands beside it carries it to the card.</summary>
    public const string Core = "node";

    private const int CountersOfCopy = 4;

    /// <summary>Control registers.</summary>
    public readonly AxiLite SAxiControl = AxiLite.Subordinate(KernelRegisters.AddressBits);

    /// <summary>To the host.</summary>
    public readonly Signal interrupt = Output(Bit);

    /// <summary>The memory channels.</summary>
    public readonly Axi4[] MAxiGmem = MemoryPort.Ports(configuration.Channels, configuration);

    /// <summary>The host's buffers.</summary>
    public readonly Axi4 MAxiHost = Axi4.Manager(HostWrite.Format(configuration));

    /// <summary>From the kernel before on the ring; null on a single node.</summary>
    public readonly AxiStream? RingIn = configuration.Nodes > 1 ? AxiStream.Subordinate(RingFlit.Format(configuration)) : null;

    /// <summary>To the next kernel on the ring; null on a single node.</summary>
    public readonly AxiStream? RingOut = configuration.Nodes > 1 ? AxiStream.Manager(RingFlit.Format(configuration)) : null;

    /// <inheritdoc/>
    public override string Summary => $"kernel of one {configuration.Channels}-channel node";

    /// <summary>
    /// The configuration of the kernels of a machine: the host says how many layers run; where there are several nodes they are joined by streams, and the
    /// host paces their reads.
    /// </summary>
    public static NodeConfiguration Of(NodeConfiguration c) =>
        c.Nodes == 1 ? c with { TakesLayers = true } : c with { TakesLayers = true, KernelLinks = true, PacesReads = true };

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        Instance(out var control, new KernelControl(c));
        Instance(out var sequencer, new KernelSequencer(c));
        Register(out var clears, Bit, reset: 1);
        clears.Drive(sequencer.Clears);
        var node = Instance(new LoopLynxNode(c), Core);
        node.ResetBy(clears);
        Instance(out var token, new TokenPort(c)).ResetBy(clears);
        var guards = Instances(c.Channels, _ => new ChannelGuard(MemoryPort.Format(c), takesAll: true), "guard");
        Instance(out var host, new ChannelGuard(HostWrite.Format(c), takesAll: false));
        var ring = ConnectRing(control, sequencer, node);
        var testers = Instances(c.Channels, _ => new ChannelTester(c), "tester");
        var words = Words(sequencer, node, [.. guards, host], testers, ring);
        Instance(out var status, new StatusWriter(c, words.Count));

        control.SAxiControl.Drive(SAxiControl);
        interrupt.Drive(control.Interrupt);
        ConnectToken(control, sequencer, node, token);
        ConnectHost(host, token, status);
        for (var i = 0; i < c.Channels; i++)
        {
            ConnectTester(testers[i], control, sequencer, node.Channel[i], guards[i].Inner);
            guards[i].Inner.DriveWrites(node.Channel[i]);
            guards[i].Base.Drive(control.Pointer($"memory{i}"));
            MAxiGmem[i].Drive(guards[i].MAxi);
        }

        // The host's buffers are addressed as the host says.
        host.Base.Drive(0);
        MAxiHost.Drive(host.MAxi);
        ConnectSequence(control, sequencer, [.. guards, host], ring);
        sequencer.Tested.Drive(SignalLanes.JoinLanes([.. testers.Select(t => t.Done)]));
        sequencer.Handed.Drive(token.Done);
        sequencer.Overflows.Drive(token.Overflows);
        sequencer.Stage.Drive(node.CurrentStage.Resize(KernelStatus.NumberBits));
        sequencer.Reported.Drive(status.Done);
        status.Start.Drive(sequencer.Reports);
        status.Address.Drive((control.Pointer("results") + HostWrite.RowBytes(c)).Truncate(MemoryPort.AddressBits).Registered(name: "statusAddress"));
        status.Words.Drive(SignalLanes.JoinLanes(words));
    }

    private void ConnectToken(KernelControl control, KernelSequencer sequencer, LoopLynxNode node, TokenPort token)
    {
        var row = control.Number("row").Extend(MemoryPort.AddressBits) << Sizes.CeilLog2(HostWrite.RowBytes(configuration));
        token.Start.Drive(sequencer.Goes);
        token.Position.Drive(control.Number("position").Truncate(token.Position.Width));
        token.Embeddings.Drive((control.Pointer("embeddings") + row).Truncate(MemoryPort.AddressBits).Registered(name: "rowAddress"));
        token.Results.Drive(control.Pointer("results"));
        node.Token.Drive(token.Token);
        node.Embedding.Drive(token.Embedding);
        token.Hidden.Drive(node.Hidden);
        node.LastLayer!.Drive(LastLayer(control.Number("layers"), node.LastLayer.Type));
    }

    /// <summary>The number of the last layer, from the host's count of layers: 0 are all.</summary>
    private Signal LastLayer(Signal layers, HdlType type)
    {
        var last = Mux(layers == 0, Const(layers.Type, configuration.Layers), layers).WrapSub(1);
        return last.Truncate(type.Width).Registered(name: "lastLayer");
    }

    private void ConnectHost(ChannelGuard host, TokenPort token, StatusWriter status)
    {
        var format = host.Inner.Format;
        Instance(out var writer, new HostWriter(configuration));
        writer.IsReporting.Drive(status.IsWriting);
        writer.Report.Drive(status.Writes);
        writer.Token.Drive(token.Writes);
        host.Inner.Aw.Drive(((Stream<Signal>)writer.Address).Map(a => Axi4Address.Of(format, a, 0)));
        host.Inner.W.Drive(((Stream<Signal>)writer.Data).Map(d => new Axi4Write(d, 1, 1)));
        host.Inner.B.Ready.Drive(1);
        status.Answered.Drive(host.Inner.B.Valid);
        host.Inner.Ar.Drive(((Stream<Pair<Signal, Signal>>)token.Orders).Map(o => Axi4Address.Of(format, o.First, o.Second)));
        token.Answers.Drive(host.Inner.R.Map(r => r.Data));
    }

    /// <summary>A tester's orders go beside the node's, which has none while it is in reset.</summary>
    private static void ConnectTester(ChannelTester tester, KernelControl control, KernelSequencer sequencer, Axi4 node, Axi4 channel)
    {
        tester.Goes.Drive(sequencer.TestGoes);
        tester.Tests.Drive(sequencer.Tests);
        tester.Pace.Drive(control.Number("pace").Truncate(ReadPacer.FractionBits));
        tester.Bursts.Drive(control.Number("testBursts").Truncate(ChannelTester.BurstBits));
        Wire(out var taken, Bit);
        var order = node.Ar.Data;
        var address = Mux(tester.Owns, tester.Address, order.Address.Truncate(MemoryPort.ChannelAddressBits)).Extend(MemoryPort.AddressBits);
        var length = Mux(tester.Owns, Const(order.Length.Type, MemorySizes.MaxBurstBeats - 1), order.Length);
        channel.Ar.Drive(StreamSources.Of(node.Ar.Valid | tester.Asks, Axi4Address.Of(channel.Format, address, length), taken));
        node.Ar.Ready.Drive(taken);
        tester.Taken.Drive(taken);
        tester.HasBeat.Drive(channel.R.Valid);
        tester.Beat.Drive(channel.R.Data.Data);
        node.R.Drive(channel.R);
    }

    private KernelRing? ConnectRing(KernelControl control, KernelSequencer sequencer, LoopLynxNode node)
    {
        node.ReadPace?.Drive(control.Number("pace").Truncate(ReadPacer.FractionBits));
        if (node.Ring is not { } port)
        {
            sequencer.IsJoined.Drive(1);
            sequencer.IsSettled.Drive(1);
            return null;
        }

        Instance(out var ring, new KernelRing(configuration));
        ring.RingIn.Drive(RingIn!);
        RingOut!.Drive(ring.RingOut);
        ring.Begin.Drive(sequencer.RingBegin);
        ring.Ends.Drive(sequencer.RingEnds);
        ring.Handed.Drive(sequencer.IsHanded);
        ring.Epoch.Drive(control.Number("epoch").Truncate(RingFlit.EpochBits));
        ring.Patience.Drive(control.Number("ringWatchdog"));
        ring.HasFlit.Drive(port.To.Valid);
        ring.Flit.Drive(port.To.Data);
        ring.Returns.Drive(port.Returns);
        port.To.Ready.Drive(1);
        port.NodeId.Drive(control.Number("node").Truncate(port.NodeId.Width));
        port.From.Valid.Drive(ring.HasReceived);
        port.From.Data.Drive(ring.Received);
        port.Returned.Drive(ring.Returned);
        sequencer.IsJoined.Drive(ring.IsJoined);
        sequencer.IsSettled.Drive(ring.IsSettled);
        return ring;
    }

    private void ConnectSequence(KernelControl control, KernelSequencer sequencer, IReadOnlyList<ChannelGuard> guards, KernelRing? ring)
    {
        sequencer.Start.Drive(control.Start);
        sequencer.Continue.Drive(control.Continue);
        sequencer.Abort.Drive(control.Abort);
        sequencer.Patience.Drive(control.Number("watchdog"));
        sequencer.IsTest.Drive(control.Number("flags")[0]);
        sequencer.IsWrong.Drive(ring is null ? IsWrong(control) : IsWrong(control) | ring.Repeats);
        control.Ready.Drive(sequencer.Ready);
        control.Done.Drive(sequencer.Done);
        control.Idle.Drive(sequencer.Idle);
        control.Status.Drive(sequencer.Status);
        sequencer.Quiet.Drive(SignalLanes.JoinLanes([.. guards.Select(g => g.Quiet)]));
        List<Signal> faults = [.. guards.Select(g => g.Fault)];
        List<Signal> addresses = [.. guards.Select(g => g.FaultAddress)];
        if (ring is not null)
        {
            faults.Add(ring.Fault);
            addresses.Add(ring.Count.Extend(MemoryPort.AddressBits));
        }

        sequencer.Faults.Drive(SignalLanes.JoinLanes(faults));
        sequencer.Addresses.Drive(SignalLanes.JoinLanes(addresses));
        foreach (var guard in guards)
        {
            guard.Draining.Drive(guard == guards[^1] ? sequencer.HostDraining : sequencer.Draining);
            guard.Patience.Drive(control.Number("watchdog"));
            guard.Restart.Drive(sequencer.Begin);
        }
    }

    private Signal IsWrong(KernelControl control)
    {
        var c = configuration;
        var token = control.Number("position") >= c.Context | control.Number("count") != 1;
        var ring = control.Number("nodes") != c.Nodes | control.Number("node") >= c.Nodes;
        return (token | ring | control.Number("flags") > 1 | control.Number("layers") > c.Layers).RegisteredReset(0, name: "isWrong");
    }

    /// <summary>What the report says, in the order of docs/card.md.</summary>
    private List<Signal> Words(KernelSequencer sequencer, LoopLynxNode node, IReadOnlyList<ChannelGuard> guards, ChannelTester[] testers, KernelRing? ring)
    {
        var (status, begin) = (sequencer.Status, sequencer.Begin);
        Signal Word(Signal value) => value.Resize(8 * HostWrite.WordBytes);
        var stages = new List<Signal>();
        var steps = configuration.Program.Steps;

        // One net for all counters would have too many loads.
        var begins = begin.Copies((steps.Count + CountersOfCopy - 1) / CountersOfCopy, reset: 0, name: "begins").Spread(steps.Count, CountersOfCopy);
        foreach (var (step, i) in steps.Select((step, i) => (step, i)))
        {
            Register(out var cycles, UInt(ChannelGuard.CountBits), reset: 0, $"cycles{step.Name}");
            When(begins.Lane(i), () => cycles.Drive(0)).ElseWhen(node.CurrentStage == step.Code, () => cycles.Drive(cycles.WrapAdd(1)));
            stages.Add(cycles);
        }

        return
        [
            Const(UInt(8 * HostWrite.WordBytes), KernelRegisters.PresentVersion), Word(status.Fault), Word(status.Channel), Word(status.Stage),
            status.Address.Slice(0, 32), status.Address.Slice(32, 32), status.Cycles, Const(UInt(32), stages.Count),
            .. stages,
            .. guards.SelectMany(g => new[] { g.Beats, g.Stalls }),
            .. testers.Select(t => Word(t.Errors)),
            .. ring is null ? [] : new[] { ring.Count, status.Cycles.Registered(sequencer.Goes, "joinCycles") },
        ];
    }
}
