namespace LoopLynx.Accelerator;

/// <summary>
/// Queries, keys and values of the current token, head by head: rows [head][q, k, v][part] of <c>HeadLanes</c> int8 values.
/// QKV results arrive in exactly this order.
/// </summary>
/// <remarks>Writes always succeed. Four read ports, latency <see cref="Latency"/>: three of the attention kernel, one of the KV writer.</remarks>
public sealed class HeadBuffer(NodeConfiguration configuration) : Module
{
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
        When(Restart, () => index.Clear())
            .ElseWhen(Results.Valid, () => index.Step());
        var valid = Results.Valid.RegisteredReset(0, null, "written");
        var row = (index.Value >> Sizes.CeilLog2(perRow)).Registered(name: "writtenRow");
        var data = Results.Data.Registered(name: "writtenValues").Tile(perRow);
        var mask = perRow == 1 ? ActivationBuffer.LaneMask(index.Value, perRow, c.PacketLanes)
            : ActivationBuffer.LaneMask(index.Value, perRow, c.PacketLanes).Registered(name: "writtenLanes");

        RowPort[] ports = [Query, Key, Value, Writer];
        var lanes = Math.Min(c.HeadLanes, HeadBank.Bits / c.Types.Head.Width);
        var banks = Instances(c.HeadLanes / lanes, _ => new HeadBank(Rows(c), c.Types.Head.Lanes(lanes), ports.Length), "bank");
        for (var i = 0; i < banks.Length; i++)
        {
            banks[i].Valid.Drive(valid);
            banks[i].Row.Drive(row.Resize(banks[i].Row.Width));
            banks[i].Values.Drive(data.LaneSlice(i * lanes, lanes));
            banks[i].Mask.Drive(mask.LaneSlice(i * lanes, lanes));
            foreach (var (address, port) in banks[i].Addresses.Zip(ports))
            {
                address.Drive(port.Address);
            }
        }

        for (var i = 0; i < ports.Length; i++)
        {
            ports[i].Row.Drive(SignalLanes.JoinLanes([.. banks.Select(b => b.Rows[i])]));
        }
    }

    private static RowPort Reader(NodeConfiguration c, HdlType lane) => Port(c, lane).Flip();
}
