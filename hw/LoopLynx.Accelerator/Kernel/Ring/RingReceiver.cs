namespace LoopLynx.Accelerator;

/// <summary>
/// Takes the flits of the kernel before: those of the node's token go to the node, credits are shown, and what is altered, missing, doubled or late is seen.
/// </summary>
/// <remarks>
/// TREADY is constantly 1. The predecessor may begin a token first: the state that the flits say is kept for whoever begins it later. A flit of an older token
/// than the latest is dropped. Latency: <see cref="Latency"/>.
/// </remarks>
public sealed class RingReceiver(NodeConfiguration configuration) : Module
{
    /// <summary>Cycles from a flit on the link to the same flit at the node.</summary>
    public const int Latency = 4;

    /// <summary>From the kernel before.</summary>
    public readonly AxiStream RingIn = AxiStream.Subordinate(RingFlit.Format(configuration));

    /// <summary>1 for a cycle: a token begins.</summary>
    public readonly Signal Begin = Input(Bit);

    /// <summary>Its number; stable from the cycle after <see cref="Begin"/> on.</summary>
    public readonly Signal Epoch = Input(UInt(RingFlit.EpochBits));

    /// <summary>1 for a cycle: this node has ended the token and takes no more of its flits.</summary>
    public readonly Signal Ends = Input(Bit);

    /// <summary>Nothing more has to come for this token.</summary>
    public readonly Signal IsComplete = Input(Bit);

    /// <summary>Cycles without a flit after which the ring is silent.</summary>
    public readonly Signal Patience = Input(UInt(ChannelGuard.WatchBits));

    /// <summary>There is a flit for the node.</summary>
    public readonly Signal HasFlit = Output(Bit);

    /// <summary>Its values.</summary>
    public readonly Signal Flit = Output(RingFlit.ValuesType(configuration));

    /// <summary>The counters that the predecessor has sent for this token; 0 before it takes part.</summary>
    public readonly Signal Credits = Output(RingFlit.CreditsType(configuration));

    /// <summary>What has gone wrong since <see cref="Begin"/>, a <see cref="KernelFault"/>; the first counts.</summary>
    public readonly Signal Fault = Output(ChannelGuard.FaultType);

    /// <summary>Flits of the token, with and without values, that have come.</summary>
    public readonly Signal Count = Output(UInt(ChannelGuard.CountBits));

    /// <inheritdoc/>
    public override string Summary => "takes flits and credits of the kernel before";

    /// <summary>A flit, and whether it comes, whole or altered.</summary>
    private sealed record Arrival(RingFlit Flit, Signal Good, Signal Altered);

    /// <summary>What the predecessor's flits say of the latest token.</summary>
    private sealed record Latest(Signal Joined, Signal Next, Signal Wrong, Signal WasAltered, Signal Ended, Signal Credits);

    /// <inheritdoc/>
    protected override void Build()
    {
        RingIn.Ready.Drive(1);
        Register(out var active, Bit, reset: 0);
        When(Ends, () => active.Drive(0)).ElseWhen(Begin, () => active.Drive(1));
        var arrival = Arrive();
        var latest = Follow(arrival);
        Let(out var joined, latest.Joined & active);
        Let(out var comes, arrival.Good & latest.Next & joined);
        HasFlit.Drive((comes & arrival.Flit.Kind == RingFlitKind.Values).RegisteredReset(0, name: "hasFlit"));
        Flit.Drive(arrival.Flit.Values.Registered(name: "flit"));

        // The predecessor may go on to the next token while others still need what it said of this one.
        Register(out var credits, latest.Credits.Type, reset: 0);
        When(Begin, () => credits.Drive(Const(credits.Type, 0))).ElseWhen(joined, () => credits.Drive(latest.Credits));
        Credits.Drive(credits);
        See(arrival, latest, active, joined);
        Register(out var count, UInt(ChannelGuard.CountBits), reset: 0);
        var counted = comes.RegisteredReset(0, name: "counted");
        When(Begin, () => count.Drive(0)).ElseWhen(counted, () => count.Drive(count.WrapAdd(1)));
        Count.Drive(count);
    }

    /// <summary>Registers at the pins, and the check in two levels.</summary>
    private Arrival Arrive()
    {
        var valid = RingIn.Valid.RegisteredReset(0, name: "pin_valid");
        var beat = RingIn.Data.Data.Registered(name: "pin_data");
        var check = beat.XorLanes().Registered(name: "check");
        var altered = (check != 0).Registered(name: "altered");
        var flit = RingFlit.Unpack(configuration, beat.Registered(name: "checking").Registered(name: "checked"));
        var came = valid.RegisteredReset(0, name: "checking_valid").RegisteredReset(0, name: "checked_valid");
        return new Arrival(flit, came & !altered, came & altered);
    }

    private Latest Follow(Arrival arrival)
    {
        var flit = arrival.Flit;
        Register(out var seen, Bit, reset: 0);
        Register(out var epoch, UInt(RingFlit.EpochBits), reset: 0);
        Register(out var expected, UInt(RingFlit.SequenceBits), reset: 0);
        Register(out var wrong, Bit, reset: 0);
        Register(out var ended, Bit, reset: 0);
        Register(out var credits, flit.Credits.Type, reset: 0);
        Let(out var same, seen & flit.Epoch == epoch);

        // Hosts count tokens up: a number up to half the range ahead is a later token, one behind is late.
        var ahead = flit.Epoch.WrapSub(epoch);
        Let(out var newer, !seen | (ahead != 0 & !ahead.Msb));
        Let(out var isEnd, flit.Kind == RingFlitKind.End);
        Let(out var next, same & !wrong & flit.Sequence == expected);

        // A flit that was altered before this node had begun is the gap that the next one shows.
        Register(out var lost, Bit, reset: 0);
        When(arrival.Altered, () => lost.Drive(1)).ElseWhen(arrival.Good, () => lost.Drive(0));
        var wasAltered = lost.RegisteredReset(0, arrival.Good & (!wrong | (!same & newer)), "wasAltered");

        // Nothing is believed behind a gap: a flit that came twice, or late, has old counters.
        When(arrival.Good & next, () =>
        {
            expected.Drive(flit.Sequence.WrapAdd(1));
            credits.Drive(flit.Credits);
            ended.Drive(isEnd);
        }).ElseWhen(arrival.Good & same, () => wrong.Drive(1)).ElseWhen(arrival.Good & newer, () =>
        {
            seen.Drive(1);
            epoch.Drive(flit.Epoch);
            expected.Drive(1);
            var first = flit.Sequence == 0;
            wrong.Drive(!first);
            credits.Drive(Mux(first, flit.Credits, Const(credits.Type, 0)));
            ended.Drive(first & isEnd);
        });
        return new Latest(seen & epoch == Epoch, next, wrong, wasAltered, ended, credits);
    }

    /// <summary>The first fault of the token stays.</summary>
    private void See(Arrival arrival, Latest latest, Signal active, Signal joined)
    {
        Register(out var waited, UInt(ChannelGuard.WatchBits), reset: 0);
        var idle = (!joined | arrival.Good | IsComplete | Begin).RegisteredReset(1, name: "idle");
        When(idle, () => waited.Drive(0)).Else(() => waited.Drive(waited.WrapAdd(1)));
        var silent = (waited == Patience & !idle).RegisteredReset(0, name: "silent");

        Register(out var fault, ChannelGuard.FaultType, reset: 0);
        void Set(Signal seen, KernelFault kind) => When(seen & fault == KernelFault.None, () => fault.Drive(kind));
        var (altered, wrong, ended) = (arrival.Altered & active, latest.Wrong & joined, latest.Ended & joined);

        // What is seen is a register: in the cycle after the begin it is still of the token before, which another node may have ended after this one
        // was done. Of an altered flit nobody knows whose it was.
        var begun = Begin.RegisteredReset(0, name: "begun");
        When(Begin, () => fault.Drive(KernelFault.None)).Else(() =>
        {
            Set(silent & !begun, KernelFault.RingSilent);
            Set(ended.RegisteredReset(0, name: "isEnded") & !begun, KernelFault.RingEnded);
            var isWrong = wrong.RegisteredReset(0, name: "isWrong") & !begun;
            Set(isWrong & !latest.WasAltered, KernelFault.RingSequence);
            Set(isWrong & latest.WasAltered, KernelFault.RingAltered);
            Set(altered.RegisteredReset(0, name: "isAltered"), KernelFault.RingAltered);
        });
        Fault.Drive(fault);
    }
}
