namespace LoopLynx.Accelerator;

/// <summary>
/// Runs a start of the kernel: the token, or, after a fault, the end of all traffic, a reset of the node and the report; a channel that stays silent keeps the
/// kernel from starting until it has answered.
/// </summary>
public sealed class KernelSequencer(NodeConfiguration configuration) : Module
{
    private enum State
    {
        Idle,
        Run,
        Drain,
        Clear,
        Report,
        Done,
        Blocked,
    }

    /// <summary>Cycles that a channel may owe an answer unless the host says another number.</summary>
    public const int DefaultPatience = 1 << 16;

    // The node's reset has a level of registers of its own, and its registers one edge each.
    private const int ClearCycles = 8;

    // Between an order that a guard takes and its word that the memory owes something lie a few registers.
    private const int WordCycles = 7;

    /// <summary>Cycles without a flit after which the ring is silent unless the host says another number: 10 ms at 300 MHz.</summary>
    public const int DefaultRingPatience = 3_000_000;

    private static int Lanes(NodeConfiguration c) => c.Channels + (c.Nodes > 1 ? 2 : 1);

    /// <summary>The host wants a start.</summary>
    public readonly Signal Start = Input(Bit);

    /// <summary>The host has seen the end.</summary>
    public readonly Signal Continue = Input(Bit);

    /// <summary>The host ends the token.</summary>
    public readonly Signal Abort = Input(Bit);

    /// <summary>The arguments are none that the kernel was built for.</summary>
    public readonly Signal IsWrong = Input(Bit);

    /// <summary>The start is a self-test.</summary>
    public readonly Signal IsTest = Input(Bit);

    /// <summary>Each channel has been tested.</summary>
    public readonly Signal Tested = Input(Bit.Lanes(configuration.Channels));

    /// <summary>Cycles in which the end of the traffic must have come.</summary>
    public readonly Signal Patience = Input(UInt(ChannelGuard.WatchBits));

    /// <summary>The hidden state has been handed over.</summary>
    public readonly Signal Handed = Input(Bit);

    /// <summary>A value of the embedding doesn't fit.</summary>
    public readonly Signal Overflows = Input(Bit);

    /// <summary>The report has been written.</summary>
    public readonly Signal Reported = Input(Bit);

    /// <summary>The node's step, for the report.</summary>
    public readonly Signal Stage = Input(UInt(KernelStatus.NumberBits));

    /// <summary>Each guard's memory owes nothing: the channels, then the host's.</summary>
    public readonly Signal Quiet = Input(Bit.Lanes(configuration.Channels + 1));

    /// <summary>Each guard's fault, and where there are several nodes the ring's.</summary>
    public readonly Signal Faults = Input(ChannelGuard.FaultType.Lanes(Lanes(configuration)));

    /// <summary>The address of each one's fault.</summary>
    public readonly Signal Addresses = Input(UInt(MemoryPort.AddressBits).Lanes(Lanes(configuration)));

    /// <summary>All nodes take part in the token.</summary>
    public readonly Signal IsJoined = Input(Bit);

    /// <summary>No other node needs this one for the token.</summary>
    public readonly Signal IsSettled = Input(Bit);

    /// <summary>1 for a cycle: a start, also one that is refused; the other nodes are to know.</summary>
    public readonly Signal RingBegin = Output(Bit);

    /// <summary>1 for a cycle: the token ends before its time.</summary>
    public readonly Signal RingEnds = Output(Bit);

    /// <summary>The node has handed over the hidden state of this token.</summary>
    public readonly Signal IsHanded = Output(Bit);

    /// <summary>1 for a cycle: the node gets the token.</summary>
    public readonly Signal Goes = Output(Bit);

    /// <summary>1 for a cycle: the channels' tests begin.</summary>
    public readonly Signal TestGoes = Output(Bit);

    /// <summary>The start under way is a self-test: the channels are the testers'.</summary>
    public readonly Signal Tests = Output(Bit);

    /// <summary>1 for a cycle: the start begins, counters start from 0.</summary>
    public readonly Signal Begin = Output(Bit);

    /// <summary>No further orders on the memory channels.</summary>
    public readonly Signal Draining = Output(Bit);

    /// <summary>No further orders on the host's buffers.</summary>
    public readonly Signal HostDraining = Output(Bit);

    /// <summary>The node is to be reset.</summary>
    public readonly Signal Clears = Output(Bit);

    /// <summary>1 for a cycle: the report is to be written.</summary>
    public readonly Signal Reports = Output(Bit);

    /// <summary>The host's arguments have been used.</summary>
    public readonly Signal Ready = Output(Bit);

    /// <summary>The start has ended.</summary>
    public readonly Signal Done = Output(Bit);

    /// <summary>Nothing runs.</summary>
    public readonly Signal Idle = Output(Bit);

    /// <summary>Of the last start.</summary>
    public readonly KernelStatus Status = new(configuration, "Status", isOutput: true);

    /// <inheritdoc/>
    public override string Summary => "runs, drains and reports a start of the kernel";

    /// <inheritdoc/>
    protected override void Build()
    {
        Fsm<State>(out var state);
        Register(out var blocked, Bit, reset: 0);
        var quiet = Quiet.AllLanes().RegisteredReset(1, name: "quiet");
        var hostQuiet = Quiet.Lane(configuration.Channels);
        Register(out var fresh, Bit, reset: 0);
        fresh.Drive(state.Is(State.Idle) & Start & !blocked);
        Register(out var test, Bit, reset: 0);
        When(state.Is(State.Idle), () => test.Drive(IsTest));
        Let(out var tests, state.Is(State.Run) & test);
        Tests.Drive(tests.RegisteredReset(0, name: "tests"));
        var handed = Go(state.Is(State.Run), fresh, test);
        var finished = (handed & quiet & IsSettled).RegisteredReset(0, name: "finished");

        // What the start before has left in the guards is forgotten by then.
        Let(out var runs, IsOld(state.Is(State.Run), "runAge") & state.Is(State.Run));
        var fault = Faulty(runs, out var seen);
        var expired = Timer(state.Is(State.Drain) | state.Is(State.Report));

        var drained = IsOld(state.Is(State.Drain), "drainAge");
        When(state.Is(State.Idle) & Start, () => state.Go(blocked, State.Blocked, State.Run));
        When(runs, () => When(seen, () => state.Go(State.Drain)).ElseWhen(finished, () => state.Go(State.Report)));
        When(state.Is(State.Drain), () => When(quiet & drained, () => state.Go(State.Clear)).ElseWhen(expired, () =>
        {
            blocked.Drive(1);
            state.Go(hostQuiet, State.Report, State.Done);
        }));
        var cleared = Clearing(state.Is(State.Clear));
        When(state.Is(State.Clear) & cleared, () => state.Go(State.Report));
        When(state.Is(State.Report), () => When(Reported, () => state.Go(State.Done)).ElseWhen(expired, () =>
        {
            blocked.Drive(1);
            state.Go(State.Done);
        }));
        When(state.Is(State.Done) & Continue, () => state.Go(State.Idle));
        When(state.Is(State.Blocked), () => state.Go(State.Done));

        // A channel that was silent has given all that it owed: the next start is like any other.
        When(blocked & quiet & (state.Is(State.Done) | state.Is(State.Idle)), () => blocked.Drive(0));
        Outputs(state, blocked, fresh, tests);
        var host = Faults.Lane(configuration.Channels).Registered(name: "hostFault");
        Let(out var failed, state.Is(State.Report) & (host != KernelFault.None | expired));
        var late = Mux(host != KernelFault.None, host, Const(ChannelGuard.FaultType, (int)KernelFault.SilentChannel));
        Report(fault, fresh, state.Is(State.Run), (failed, late));
    }

    private void Outputs(Fsm<State> state, Signal blocked, Signal fresh, Signal tests)
    {
        Begin.Drive(fresh);
        RingBegin.Drive((state.Is(State.Idle) & Start).RegisteredReset(0, name: "ringBegin"));
        Let(out var stops, state.Is(State.Drain) | state.Is(State.Blocked));
        RingEnds.Drive((stops & !stops.RegisteredReset(0, name: "hasStopped")).RegisteredReset(0, name: "ringEnds"));

        // The report is written while a memory channel may still owe.
        Let(out var ends, state.Is(State.Drain) | state.Is(State.Clear));
        Draining.Drive((ends | blocked).RegisteredReset(0, name: "draining"));
        HostDraining.Drive(ends.RegisteredReset(0, name: "hostDraining"));

        // While the channels are tested the node is in reset: it asks for nothing, and what comes is none of its.
        Clears.Drive((ends | blocked | tests).RegisteredReset(1, name: "clears"));
        var report = state.Is(State.Report);
        Reports.Drive((report & !report.RegisteredReset(0, name: "wasReporting")).RegisteredReset(0, name: "reports"));
        var done = state.Is(State.Done);
        Done.Drive(done);
        Ready.Drive(done & !done.RegisteredReset(0, name: "wasDone"));
        Idle.Drive(state.Is(State.Idle));
    }

    /// <summary>What ends the token: the lowest channel's fault first. <paramref name="seen"/> is a register.</summary>
    private (Signal Fault, Signal Channel, Signal Address) Faulty(Signal running, out Signal seen)
    {
        // A guard's address stays, so only what kind it is has to be kept.
        var near = Faults.Registered(name: "faults");
        var kinds = Enumerable.Range(0, Lanes(configuration)).Select(i => near.Lane(i)).ToArray();
        var none = Const(ChannelGuard.FaultType, (int)KernelFault.None);
        Signal Of(KernelFault fault) => Const(ChannelGuard.FaultType, (int)fault);
        var host = Mux(Abort, Of(KernelFault.Aborted), Mux(Overflows, Of(KernelFault.EmbeddingRange), Mux(IsWrong, Of(KernelFault.BadArgument), none)));
        var fault = host;
        var channel = Const(UInt(KernelStatus.NumberBits), configuration.Channels);
        var address = Const(UInt(MemoryPort.AddressBits), 0);
        for (var i = kinds.Length - 1; i >= 0; i--)
        {
            var has = kinds[i] != KernelFault.None;
            fault = Mux(has, kinds[i], fault);
            channel = Mux(has, Const(channel.Type, i), channel);
            address = Mux(has, Addresses.Lane(i), address);
        }

        Register(out var known, ChannelGuard.FaultType, reset: 0);
        var first = running & known == KernelFault.None;
        When(!running, () => known.Drive(KernelFault.None)).ElseWhen(first, () => known.Drive(fault));
        seen = known != KernelFault.None;
        return (known, channel.Registered(first, "faultChannel"), address.Registered(first, "faultAddress"));
    }

    private Signal Timer(Signal drains)
    {
        Register(out var waited, UInt(ChannelGuard.WatchBits), reset: 0);
        When(!drains, () => waited.Drive(0)).Else(() => waited.Drive(waited.WrapAdd(1)));
        return (drains & waited == Patience).RegisteredReset(0, name: "expired");
    }

    /// <summary>
    /// The node gets the token, or its channels their test, when all nodes of the ring take part. Returns whether it has handed over this token's hidden state.
    /// </summary>
    private Signal Go(Signal runs, Signal fresh, Signal test)
    {
        Register(out var gone, Bit, reset: 0);
        Let(out var goes, runs & !fresh & IsJoined & !gone);
        When(!runs | fresh, () => gone.Drive(0)).ElseWhen(goes, () => gone.Drive(1));
        Goes.Drive((goes & !test).RegisteredReset(0, name: "goes"));
        TestGoes.Drive((goes & test).RegisteredReset(0, name: "testGoes"));
        var tested = Tested.AllLanes().RegisteredReset(0, name: "tested");

        // What the token before has left behind registers is gone by then.
        var handed = (Mux(test, tested, Handed) & IsOld(runs & gone, "tokenAge")).RegisteredReset(0, name: "handed");
        IsHanded.Drive(handed);
        return handed & runs;
    }

    private static Signal IsOld(Signal running, string name)
    {
        Register(out var age, UInt(Sizes.BitsFor(WordCycles)), reset: 0, name);
        When(!running, () => age.Drive(0)).ElseWhen(age != WordCycles, () => age.Drive(age.WrapAdd(1)));
        return age == WordCycles;
    }

    private static Signal Clearing(Signal clears)
    {
        Counter(out var clearing, ClearCycles);
        When(!clears, () => clearing.Clear()).Else(() => clearing.Step());
        return clearing.IsLast;
    }

    private void Report((Signal Fault, Signal Channel, Signal Address) fault, Signal fresh, Signal running, (Signal Failed, Signal Fault) report)
    {
        Register(out var cycles, UInt(ChannelGuard.CountBits), reset: 0);
        Register(out var code, ChannelGuard.FaultType, reset: 0);
        Register(out var channel, UInt(KernelStatus.NumberBits), reset: 0);
        Register(out var stage, UInt(KernelStatus.NumberBits), reset: 0);
        Register(out var address, UInt(MemoryPort.AddressBits), reset: 0);
        When(fresh, () =>
        {
            cycles.Drive(0);
            code.Drive(KernelFault.None);
        }).ElseWhen(running, () =>
        {
            cycles.Drive(cycles.WrapAdd(1));
            code.Drive(fault.Fault);
            channel.Drive(fault.Channel);
            stage.Drive(Stage);
            address.Drive(fault.Address);
        }).ElseWhen(report.Failed & code == KernelFault.None, () =>
        {
            // The host's memory doesn't take the report.
            code.Drive(report.Fault);
            channel.Drive(configuration.Channels);
            address.Drive(Addresses.Lane(configuration.Channels));
        });
        Status.Fault.Drive(code);
        Status.Channel.Drive(channel);
        Status.Stage.Drive(stage);
        Status.Address.Drive(address);
        Status.Cycles.Drive(cycles);
    }
}
