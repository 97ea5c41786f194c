namespace LoopLynx.Accelerator;

/// <summary>
/// Gamma and beta of a layer's norms, and the scalars: fraction of gamma, epsilon.
/// </summary>
/// <remarks>Read latency <see cref="Latency"/>. Formats: gamma int16, beta int16 in Q6; G 4 bits; epsilon 64 bits in units of E^2 * residual^2.</remarks>
public sealed class NormParameters(NodeConfiguration configuration) : Module
{
    /// <summary>Bits of a number of fraction bits: gamma has 0 to 15.</summary>
    public const int FractionBits = 4;

    /// <summary>Cycles from an address to its gamma and beta: the beat's row, its read, the memory's output register, and the packet out of it.</summary>
    public const int Latency = 1 + ReadSyncLatency + 2;

    /// <summary>Cycles from a slot to the gamma and beta of the address that stands: the slot's first row comes first.</summary>
    public const int SlotLatency = 1 + Latency;

    /// <summary>Super-beats of (gamma, beta), norm after norm.</summary>
    public readonly StreamIn<Signal> Norm = In(configuration.Types.MemoryByte.Lanes(configuration.SuperBytes));

    /// <summary>Super-beats of the scalars: G of each norm (u32), epsilon (u64).</summary>
    public readonly StreamIn<Signal> Scalars = In(configuration.Types.MemoryByte.Lanes(configuration.SuperBytes));

    /// <summary>A new layer's parameters follow.</summary>
    public readonly Signal Restart = Input(Bit);

    /// <summary>The norm whose parameters are wanted; stable during a sweep.</summary>
    public readonly Signal Slot = Input(SlotType(configuration));

    /// <summary>Row of a packet's elements wanted.</summary>
    public readonly Signal Address = Input(UInt(Sizes.AddressBits(ResidualStore.RowCount(configuration))));

    /// <summary>Gamma of the row asked for <see cref="Latency"/> before.</summary>
    public readonly Signal Gamma = Output(SInt(Formats.GainBits).Lanes(configuration.PacketLanes));

    /// <summary>Beta of the row asked for <see cref="Latency"/> before.</summary>
    public readonly Signal Beta = Output(SInt(Formats.GainBits).Lanes(configuration.PacketLanes));

    /// <summary>Fraction bits of gamma in the chosen norm.</summary>
    public readonly Signal Fraction = Output(UInt(FractionBits));

    /// <summary>Epsilon.</summary>
    public readonly Signal Epsilon = Output(UInt(64));

    /// <inheritdoc/>
    public override string Summary => "gamma, beta and scalars of the layer norms";

    /// <summary>Type of a norm's number.</summary>
    public static HdlType SlotType(NodeConfiguration c) => UInt(Sizes.AddressBits(c.Program.NormSlots));

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var slots = c.Program.NormSlots;
        var normBeats = c.Map.SuperBeats((long)Normalise.ElementBytes * c.Embed);
        var elements = c.SuperBytes / Normalise.ElementBytes;
        var perBeat = elements / c.PacketLanes;
        var groupBits = Sizes.CeilLog2(perBeat);
        Memory(out var parameters, UInt(2 * Formats.GainBits).Lanes(elements), (int)(slots * normBeats), MemoryStyle.Block);
        Counter(out var loadRow, UInt(parameters.AddressBits));
        Norm.Ready.Drive(1);
        parameters.Write(loadRow.Value, Norm.Data.AsLanes(UInt(2 * Formats.GainBits).Lanes(elements)), Norm.Valid);
        When(Restart, () => loadRow.Clear()).ElseWhen(Norm.Valid, () => loadRow.Step());

        Signal BySlot(Func<int, Signal> value) => Enumerable.Range(1, slots - 1).Aggregate(value(0), (rest, slot) => Mux(Slot == slot, value(slot), rest));
        var start = BySlot(slot => Const(UInt(parameters.AddressBits), slot * normBeats)).Registered(name: "start");
        var row = (start + (Address >> groupBits)).Truncate(parameters.AddressBits).Registered(name: "row");
        var beat = parameters.ReadSync(row, name: "beat").Registered(name: "beatRegister");
        Let(out var pair, Packet(beat, groupBits).Registered());
        Gamma.Drive(pair.Slice(0, 16).AsSigned());
        Beta.Drive(pair.Slice(16, 16).AsSigned());

        // The scalars are kept as they come: the fraction bits of each norm, then epsilon.
        var (bytes, epsilon) = (LayerConstants.ScalarBytes(slots), LayerConstants.EpsilonOffset(slots));
        var scalars = Scalars.Widen((bytes + c.SuperBytes - 1) / c.SuperBytes, "scalars");
        scalars.Ready.Drive(1);
        var kept = scalars.Data.LaneSlice(0, bytes).Registered(scalars.Valid, "scalarBytes");
        Signal Word(int first, int count) => kept.LaneSlice(first, count).AsLanes(UInt(8 * count));
        Fraction.Drive(BySlot(slot => Word(slot * LayerConstants.FractionBytes, LayerConstants.FractionBytes).Slice(0, FractionBits)).Registered());
        Epsilon.Drive(Word(epsilon, LayerConstants.EpsilonBytes));
    }

    /// <summary>
    /// The packet's part of a beat. Each element, and where a beat holds many packets each part of one, has a copy of the choice, which loads every bit of it
    /// often.
    /// </summary>
    private Signal Packet(Signal beat, int groupBits)
    {
        if (groupBits == 0)
        {
            return beat;
        }

        const int PacketsOfACopy = 16;
        var parts = Math.Clamp((1 << groupBits) / PacketsOfACopy, 1, Normalise.ElementBytes);
        var copies = configuration.PacketLanes * parts;
        var bits = beat.AsLanes(UInt(beat.Width / parts).Lanes(beat.Lanes * parts));
        var group = Address.Slice(0, Math.Min(groupBits, Address.Width)).Delayed(Latency - 2).Copies(copies, name: "group");
        Signal Part(int part) => bits.LaneMap(Enumerable.Range(0, bits.Lanes / copies).Select(packet => (packet * copies) + part));
        return SignalLanes.JoinLanes([.. group.Select((g, i) => Part(i).SelectLanes(g, 1))])
            .AsLanes(beat.Type.WithLanes(configuration.PacketLanes));
    }
}
