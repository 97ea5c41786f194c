namespace LoopLynx.Accelerator;

/// <summary>
/// GELU as 256 straight pieces over the 16-bit pre-activation: y = int8(round((base * 256 + slope * f) / 2^14)), f the low 8 bits.
/// The tables come with each layer's constants, one for each step that uses the unit.
/// </summary>
/// <remarks>
/// One packet a cycle; latency <see cref="Latency"/>. Formats: pre-activation int16; base int16 Q6 and slope int16 Q6 in int8 units.
/// Each value looks up its own segment, so the table is kept once a value, as rows of <see cref="Banks"/> entries.
/// </remarks>
public sealed class GeluUnit(NodeConfiguration configuration) : Module
{
    // The table's entry, slope times place, sum.
    private const int Levels = 3;

    /// <summary>Super-beats of the table: 4 bytes (base, slope) an entry.</summary>
    public readonly StreamIn<Signal> Table = In(configuration.Types.MemoryByte.Lanes(configuration.SuperBytes));

    /// <summary>Pre-activations in the int16 range, with their places.</summary>
    public readonly StreamIn<ResultPacket> Input = In<ResultPacket>(ResultPacket.Types(configuration));

    /// <summary>Activations, in the same places and order.</summary>
    public readonly StreamOut<ActivationWrite> Output = Out(ActivationWrite.Shape(configuration));

    /// <summary>The table that is wanted; stable while values are on their way.</summary>
    public readonly Signal Slot = Input(UInt(Sizes.AddressBits(configuration.Program.UnarySlots)));

    /// <summary>Back to the first table entry.</summary>
    public readonly Signal Restart = Input(Bit);

    /// <inheritdoc/>
    public override string Summary => "piecewise linear GELU";

    private int Banks => BankCount(configuration);

    /// <summary>Cycles from a packet to its activations.</summary>
    public static int Latency => StreamPipelines.Latency(Levels);

    /// <summary>Cycles that a super-beat of the table takes to load.</summary>
    public static int CyclesPerBeat(NodeConfiguration c) => c.SuperBytes / Unary.SegmentBytes / BankCount(c);

    private static int BankCount(NodeConfiguration c) => Math.Min(8, c.SuperBytes / Unary.SegmentBytes);

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var bankBits = Sizes.CeilLog2(Banks);
        Memory(out var table, UInt(8 * Unary.SegmentBytes).Lanes(Banks), configuration.Program.UnarySlots * Unary.Segments / Banks, MemoryStyle.Distributed);
        var entries = Table.Map(beat => beat.AsLanes(UInt(8 * Unary.SegmentBytes).Lanes(c.SuperBytes / Unary.SegmentBytes)))
            .Narrow(c.SuperBytes / Unary.SegmentBytes / Banks, "entries");
        Counter(out var loadRow, UInt(table.AddressBits));
        entries.Ready.Drive(1);
        table.Write(loadRow.Value, entries.Data, entries.Valid);
        When(Restart, () => loadRow.Clear()).ElseWhen(entries.Fire, () => loadRow.Step());

        Output.Drive(Input.Pipeline(Levels, packet =>
        {
            // Two's complement plus 2^15 is the sign bit inverted: the value counted from the bottom of the range.
            var offset = packet.Values.Truncate(16).AsUnsigned() ^ 0x8000;
            var entry = SignalLanes.JoinLanes([.. Enumerable.Range(0, c.PacketLanes).Select(i => Entry(table, offset.Lane(i).Slice(8, 8), bankBits))])
                .Registered();
            var rise = (entry.Slice(16, 16).AsSigned() * offset.Slice(0, 8).ToSigned()).Registered();
            var start = (entry.Slice(0, 16).AsSigned() << 8).Registered();
            return new ActivationWrite(
                packet.Index.Resize(Output.Data.Index.Width),
                (start + rise).RoundShift(14).Clip(c.Plan.Activation, c.Plan.ByteBits).Registered(name: "activation"));
        }));
    }

    private Signal Entry(Memory table, Signal segment, int bankBits)
    {
        Signal Row(Signal row) => table.Read(configuration.Program.UnarySlots == 1 ? row : Cat(Held(Slot), row));
        return bankBits == 0 ? Row(segment) : Row(segment >> bankBits).SelectLanes(segment.Slice(0, bankBits), 1);
    }
}
