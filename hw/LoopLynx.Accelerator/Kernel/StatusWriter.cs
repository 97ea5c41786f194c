namespace LoopLynx.Accelerator;

/// <summary>Writes the status of a start behind the hidden state: words of 32 bits, a beat at a time.</summary>
/// <param name="configuration">The node.</param>
/// <param name="words">How many words.</param>
public sealed class StatusWriter(NodeConfiguration configuration, int words) : Module
{
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
        Wire(out var taken, Bit);
        var address = (Address + (beat.Value << Sizes.CeilLog2(HostWrite.Bytes(c)))).Truncate(MemoryPort.AddressBits);
        var data = all.SelectLanes(beat.Value, c.PacketLanes).AsLanes(HostWrite.Words(c));
        var offers = StreamSources.Of(active, new HostWrite(address, data), taken);
        When(Start, () =>
        {
            active.Drive(1);
            beat.Clear();
        }).ElseWhen(active & taken, () =>
        {
            beat.Step();
            active.Drive(!beat.IsLast);
        });
        Writes.Drive(offers.Isolate("status"));
        Register(out var awaited, UInt(Sizes.BitsFor(beats)), reset: 0);
        When(Start, () => awaited.Drive(beats)).ElseWhen(Answered & awaited != 0, () => awaited.Drive(awaited.WrapSub(1)));
        Done.Drive((Answered & awaited == 1).RegisteredReset(0, name: "done"));
    }
}
