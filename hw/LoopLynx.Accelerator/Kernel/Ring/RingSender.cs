namespace LoopLynx.Accelerator;

/// <summary>
/// Sends a node's flits and the ring's credits to the next kernel. A flit of the node is never held up by more than the link itself; credits go with it, or
/// in a flit of their own when the node has none.
/// </summary>
/// <remarks>
/// Latency: <see cref="Latency"/>, full rate. All that leaves comes from registers; what the link doesn't take waits in a FIFO with a place for each credit.
/// </remarks>
public sealed class RingSender(NodeConfiguration configuration) : Module
{
    // Flits without values that wait at a time: they never take the place of a node's.
    private const int MostOthers = 3;

    private const MemoryStyle Style = MemoryStyle.Block;

    // So that no enable drives more than half of a flit.
    private const int Banks = 2;

    /// <summary>1 for a cycle: a token begins. What waits is still sent.</summary>
    public readonly Signal Begin = Input(Bit);

    /// <summary>Its number; stable from <see cref="Begin"/> on.</summary>
    public readonly Signal Epoch = Input(UInt(RingFlit.EpochBits));

    /// <summary>1 for a cycle: this node has ended the token; the others are told.</summary>
    public readonly Signal Ends = Input(Bit);

    /// <summary>The node has a flit.</summary>
    public readonly Signal HasFlit = Input(Bit);

    /// <summary>Its values.</summary>
    public readonly Signal Flit = Input(RingFlit.ValuesType(configuration));

    /// <summary>The counters that the successor is to know.</summary>
    public readonly Signal Credits = Input(RingFlit.CreditsType(configuration));

    /// <summary>All that the successor is to know has been taken by the FIFO.</summary>
    public readonly Signal IsTold = Output(Bit);

    /// <summary>To the next kernel.</summary>
    public readonly AxiStream RingOut = AxiStream.Manager(RingFlit.Format(configuration));

    /// <summary>Cycles from a flit to the same flit on the link.</summary>
    public static int Latency => 2 + StreamFifos.Latency(Style) + StreamStages.IsolateLatency + StreamStages.SkidLatency + StreamStages.StageLatency;

    /// <inheritdoc/>
    public override string Summary => "sends flits and credits to the next kernel";

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        Register(out var active, Bit, reset: 0);
        When(Ends, () => active.Drive(0)).ElseWhen(Begin, () => active.Drive(1));
        Register(out var ending, Bit, reset: 0);
        Register(out var told, Credits.Type, reset: 0);
        Register(out var others, UInt(Sizes.BitsFor(MostOthers)), reset: 0);

        var has = HasFlit.RegisteredReset(0, name: "has");
        var values = Flit.Registered(name: "values");
        Let(out var news, (told != Credits).AnyLane() & active & !Begin);
        Register(out var saying, Bit, reset: 0);

        // What has just been told is news for a cycle more.
        Let(out var says, (ending | news.RegisteredReset(0, name: "isNews")) & !has & !saying & others != MostOthers);
        saying.Drive(has | says);
        var kind = Mux(has, RingFlitKind.Values, Mux(ending, RingFlitKind.End, Const(UInt(RingFlit.KindBits), (int)RingFlitKind.Credits)));
        When(has | says, () => told.Drive(Credits));
        When(Begin, () => told.Drive(Const(told.Type, 0)));
        When(Ends, () => ending.Drive(1)).ElseWhen(says | Begin, () => ending.Drive(0));
        IsTold.Drive((!news & !has).RegisteredReset(0, name: "isTold"));

        Wire(out var room, Bit);
        Signal Held(Signal value, string name) => value.Registered(name: name);
        var number = Const(UInt(RingFlit.SequenceBits), 0);
        var flit = new RingFlit(Held(values, "flitValues"), number, Held(Epoch, "flitEpoch"), Held(kind, "flitKind"), Held(Credits, "flitCredits"));
        var waiting = StreamSources.Of(saying, flit, room).Fifo(FifoDepths.Link(c) + MostOthers, Style, "waiting");
        Assert(!saying | room, "a flit that has a credit finds a place before the link");
        Let(out var leaves, waiting.Fire & waiting.Data.Kind != RingFlitKind.Values);
        When(says & !leaves, () => others.Drive(others.WrapAdd(1))).ElseWhen(!says & leaves, () => others.Drive(others.WrapSub(1)));
        Leave(Numbered(waiting).Map(words => AxiStreamBeat.Of(RingFlit.WithCheck(words), 1)).Skid("checked"));
    }

    /// <summary>A flit leaves through several banks of registers that move alike; the first one speaks for all.</summary>
    private void Leave(Stream<AxiStreamBeat> flits)
    {
        var words = flits.Data.Data;
        var lanes = words.Type.Lanes / Banks;
        Wire(out var taken, Bit);
        RingBank Bank(int number)
        {
            var part = words.LaneSlice(number * lanes, number < Banks - 1 ? lanes : words.Type.Lanes - (number * lanes));
            var bank = Instance(new RingBank(part.Type), $"bank{number}");
            bank.Flits.Valid.Drive(flits.Valid);
            bank.Flits.Data.Drive(part);
            bank.Pins.Ready.Drive(taken);
            return bank;
        }

        RingBank[] banks = [.. Enumerable.Range(0, Banks).Select(Bank)];
        flits.Ready.Drive(banks[0].Flits.Ready);
        var beat = AxiStreamBeat.Of(SignalLanes.JoinLanes([.. banks.Select(b => b.Pins.Data)]), 1);
        RingOut.Drive(StreamSources.Of(banks[0].Pins.Valid, beat, taken));
    }

    /// <summary>A token's flits are numbered from 0, in the order in which they leave.</summary>
    private Stream<Signal> Numbered(Stream<RingFlit> flits)
    {
        Register(out var next, UInt(RingFlit.SequenceBits), reset: 0);
        Register(out var epoch, UInt(RingFlit.EpochBits), reset: 0);
        var number = Mux(flits.Data.Epoch == epoch, next, Const(next.Type, 0));
        When(flits.Fire, () =>
        {
            next.Drive(number.WrapAdd(1));
            epoch.Drive(flits.Data.Epoch);
        });
        return flits.Map(f => (f with { Sequence = number }).Pack(configuration)).Isolate("numbered");
    }
}
