namespace LoopLynx.Accelerator;

/// <summary>Writes the status of a start behind the hidden state: words of 32 bits, a beat at a time.</summary>
/// <param name="configuration">The node.</param>
/// <param name="words">How many words.</param>
public sealed class StatusWriter(NodeConfiguration configuration, int words) : Module
{
    // Bits that one copy of the beat's number chooses from, and the registers on the way.
    private const int MostBits = 256;
    private const int ChoiceCycles = 2;

    /// <summary>1 for a cycle: write.</summary>
    public readonly Signal Start = Input(Bit);

    /// <summary>Address of the first word; stable while it writes.</summary>
    public readonly Signal Address = Input(UInt(MemoryPort.AddressBits));

    /// <summary>The words; stable while it writes.</summary>
    public readonly Signal Words = Input(UInt(8 * HostWrite.WordBytes).Lanes(words));

    /// <summary>The beats.</summary>
    public readonly StreamOut<HostWrite> Writes = Out<HostWrite>(HostWrite.Types(configuration));

    /// <summary>1 for a cycle: the host's memory has answered a beat.</summary>
    public readonly Signal Answered = Input(Bit);

    /// <summary>Beats are still to be written or to be answered.</summary>
    public readonly Signal IsWriting = Output(Bit);

    /// <summary>1 for a cycle: all beats have been answered.</summary>
    public readonly Signal Done = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => $"writes {words} words of status";

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var beats = (words + c.PacketLanes - 1) / c.PacketLanes;
        var padding = (beats * c.PacketLanes) - words;
        var all = padding == 0 ? Words : SignalLanes.JoinLanes(Words, Const(Words.Type.WithLanes(padding), 0));
        Register(out var active, Bit, reset: 0);
        Counter(out var beat, beats);
        Counter(out var age, ChoiceCycles + 1);
        Wire(out var taken, Bit);
        var address = (Address + (beat.Value << Sizes.CeilLog2(HostWrite.Bytes(c)))).Truncate(MemoryPort.AddressBits).Registered(name: "address");
        var data = Chosen(all, beat.Value).AsLanes(HostWrite.Words(c));
        var offers = StreamSources.Of(active & age.IsLast, new HostWrite(address, data), taken);
        When(Start, () =>
        {
            active.Drive(1);
            beat.Clear();
            age.Clear();
        }).ElseWhen(active & !age.IsLast, () => age.Step()).ElseWhen(active & taken, () =>
        {
            beat.Step();
            age.Clear();
            active.Drive(!beat.IsLast);
        });
        Writes.Drive(offers.Isolate("write"));
        Register(out var awaited, UInt(Sizes.BitsFor(beats)), reset: 0);
        When(Start, () => awaited.Drive(beats)).ElseWhen(Answered & awaited != 0, () => awaited.Drive(awaited.WrapSub(1)));
        IsWriting.Drive(awaited != 0);
        Done.Drive((Answered & awaited == 1).RegisteredReset(0, name: "done"));
    }

    /// <summary>A beat's words, <see cref="ChoiceCycles"/> later: in pieces, each chosen by a copy of the beat's number.</summary>
    private Signal Chosen(Signal words, Signal beat)
    {
        var lanes = configuration.PacketLanes;
        var beats = words.Lanes / lanes;
        var bits = 8 * HostWrite.WordBytes;
        while (bits > 1 && bits * beats > MostBits)
        {
            bits /= 2;
        }

        var pieces = words.AsBits().AsLanes(UInt(bits).Lanes(words.Type.Bits / bits));
        var perBeat = lanes * 8 * HostWrite.WordBytes / bits;
        var numbers = beat.Copies(perBeat, reset: 0, name: "number");
        Signal Piece(int i) => pieces.LaneMap(Enumerable.Range(0, pieces.Lanes / perBeat).Select(b => (b * perBeat) + i)).SelectLanes(numbers[i], 1);
        return SignalLanes.JoinLanes([.. Enumerable.Range(0, perBeat).Select(Piece)]).Registered(name: "chosen");
    }
}
