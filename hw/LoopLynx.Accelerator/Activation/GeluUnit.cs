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
    // The value's own level.
    private const int ValueLevels = 1;

    // The sum of a piece's start and the rise in it.
    private const int SumLevels = 1;

    private const int SlopeBits = 16;
    private const int PlaceBits = 8;

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

    // Behind the entry: slope times place, sum, rounding, clip.
    private static int Levels =>
        ValueLevels + SegmentTable.Latency + WideProducts.WideLatency(SInt(SlopeBits), UInt(PlaceBits)) + SumLevels
        + FixedPoint.RoundLevels + Formats.ClipLevels;

    private static int BankCount(NodeConfiguration c) => Math.Min(8, c.SuperBytes / Unary.SegmentBytes);

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var tables = Instances(c.PacketLanes, _ => new SegmentTable(c.Program.UnarySlots * Unary.Segments / Banks, Banks), "table");
        Load(tables);
        Output.Drive(Input.Pipeline(Levels, packet =>
        {
            // Two's complement plus 2^15 is the sign bit inverted: the value counted from the bottom of the range.
            var offset = (packet.Values.Truncate(16).AsUnsigned() ^ 0x8000).Registered(name: "offset");
            var entry = SignalLanes.JoinLanes([.. tables.Select((table, i) => Entry(table, offset.Lane(i).Slice(PlaceBits, 8)))]);
            var rise = entry.Slice(SlopeBits, SlopeBits).AsSigned().MultiplyWide(offset.Slice(0, PlaceBits), "rise");
            var value = ((entry.Slice(0, SlopeBits).AsSigned() << PlaceBits) + rise).Registered(name: "value");
            return new ActivationWrite(
                packet.Index.Resize(Output.Data.Index.Width), value.RoundShiftPipelined(14).ClipPipelined(c.Plan.Activation, c.Plan.ByteBits));
        }));
    }

    private Signal Entry(SegmentTable table, Signal segment) => Through(SegmentTable.Latency, [segment, Held(Slot)], operands =>
    {
        table.Number.Drive(configuration.Program.UnarySlots == 1 ? operands[0] : Cat(operands[1], operands[0]).Resize(table.Number.Width));
        return table.Read;
    });

    /// <summary>
    /// A beat stays at the input while its entries are written, as many a cycle as there are banks. Each entry's choice is a register of its own, which loads
    /// every bit of it.
    /// </summary>
    private void Load(SegmentTable[] tables)
    {
        var parts = CyclesPerBeat(configuration);
        var beat = Table.Data.AsLanes(UInt(8 * Unary.SegmentBytes).Lanes(Banks * parts));
        var entries = beat;
        if (parts == 1)
        {
            Table.Ready.Drive(1);
        }
        else
        {
            Wire(out var next, UInt(Sizes.AddressBits(parts)));
            var part = next.Copies(Banks, reset: 0, name: "part");
            next.Drive(Mux(Table.Valid, Mux(part[0] == parts - 1, 0, part[0].WrapAdd(1)), part[0]));
            Table.Ready.Drive((next == parts - 1).RegisteredReset(0));
            Signal Bank(int bank) => beat.LaneMap(Enumerable.Range(0, parts).Select(row => (row * Banks) + bank));
            entries = SignalLanes.JoinLanes([.. part.Select((p, i) => Bank(i).SelectLanes(p, 1))]);
        }

        Let(out var written, entries.Registered());
        Let(out var writes, Table.Valid.RegisteredReset(0));
        Counter(out var loadRow, tables[0].WrittenRow.Type);
        When(Restart, () => loadRow.Clear()).ElseWhen(writes, () => loadRow.Step());
        foreach (var table in tables)
        {
            table.Writes.Drive(writes);
            table.WrittenRow.Drive(loadRow.Value);
            table.Written.Drive(written);
        }
    }
}
