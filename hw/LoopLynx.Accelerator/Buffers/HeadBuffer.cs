namespace LoopLynx.Accelerator;

/// <summary>
/// Queries, keys and values of the current token, head by head: rows [head][q, k, v][part] of <c>HeadLanes</c> int8 values.
/// QKV results arrive in exactly this order.
/// </summary>
/// <remarks>Writes always succeed. Four read ports, latency <see cref="Latency"/>: three of the attention kernel, one of the KV writer.</remarks>
public sealed class HeadBuffer(NodeConfiguration configuration) : Module
{
    /// <summary>Cycles from a result to the first in which its row can be asked for.</summary>
    public const int WriteLatency = 2;

    /// <summary>Cycles from an address to its row.</summary>
    public const int Latency = HeadBank.Latency;

    /// <summary>The node's QKV results, a packet of consecutive outputs each.</summary>
    public readonly StreamIn<Signal> Results = In(configuration.Types.Head.Lanes(configuration.PacketLanes));

    /// <summary>Back to the first result of a layer.</summary>
    public readonly Signal Restart = Input(Bit);

    /// <summary>Rows of queries, for attention.</summary>
    public readonly RowPort Query = Reader(configuration, configuration.Types.Query);

    /// <summary>Rows with the current token's keys, for attention.</summary>
    public readonly RowPort Key = Reader(configuration, configuration.Types.Key);

    /// <summary>Rows with the current token's values, for attention.</summary>
    public readonly RowPort Value = Reader(configuration, configuration.Types.Value);

    /// <summary>Rows of keys and values, for the KV writer.</summary>
    public readonly RowPort Writer = Reader(configuration, configuration.Types.Head);

    /// <inheritdoc/>
    public override string Summary => "q, k and v of the current token";

    /// <summary>Rows of the node's heads.</summary>
    public static int Rows(NodeConfiguration c) => 3 * c.NodeHeads * c.RowsPerPosition;

    /// <summary>The port of a reader of rows whose lanes have this type.</summary>
    public static RowPort Port(NodeConfiguration c, HdlType lane) => new(UInt(Sizes.AddressBits(Rows(c))), lane.Lanes(c.HeadLanes));

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var perRow = c.HeadLanes / c.PacketLanes;
        Counter(out var index, UInt(Sizes.AddressBits(Rows(c) * perRow)));
        Results.Ready.Drive(1);

        // A step's last packet is in its row before the next step, which begins some cycles later, asks for it.
        var comes = Results.Valid.RegisteredReset(0, name: "comes");
        When(Restart, () => index.Clear())
            .ElseWhen(comes, () => index.Step());
        // A lane of a bank is a packet: one write enable.
        var packets = Math.Max(1, Math.Min(perRow, HeadBank.Bits / (c.PacketLanes * c.Types.Head.Width)));
        var row = (index.Value >> Sizes.CeilLog2(perRow)).Resize(Query.Address.Width);
        var packet = UInt(c.PacketLanes * c.Types.Head.Width);
        var data = Results.Data.Registered(name: "values").Registered(name: "writtenValues").AsLanes(packet).Tile(packets);
        var mask = ActivationBuffer.LaneMask(index.Value, perRow, 1);
        mask = perRow == 1 ? mask : mask.Registered(name: "writtenPackets");
        foreach (var (port, name) in new[] { (Query, "query"), (Key, "key"), (Value, "value"), (Writer, "writer") })
        {
            var banks = Instances(perRow / packets, _ => new HeadBank(Rows(c), packet.Lanes(packets)), name);
            foreach (var (bank, i) in banks.Select((b, i) => (b, i)))
            {
                bank.Valid.Drive(comes);
                bank.WriteRow.Drive(row);
                bank.Values.Drive(data);
                bank.Mask.Drive(mask.LaneSlice(i * packets, packets));
                bank.Address.Drive(port.Address);
            }

            port.Row.Drive(SignalLanes.JoinLanes([.. banks.Select(b => b.Row)]).AsLanes(port.Row.Type));
        }
    }

    private static RowPort Reader(NodeConfiguration c, HdlType lane) => Port(c, lane).Flip();
}
