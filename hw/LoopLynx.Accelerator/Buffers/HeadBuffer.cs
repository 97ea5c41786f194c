namespace LoopLynx.Accelerator;

/// <summary>
/// Queries, keys and values of the current token, head by head: rows [head][q, k, v][part] of <c>HeadLanes</c> int8 values.
/// QKV results arrive in exactly this order.
/// </summary>
/// <remarks>Writes always succeed. Four read ports, latency <see cref="Latency"/>: three of the attention kernel, one of the KV writer.</remarks>
public sealed class HeadBuffer(NodeConfiguration configuration) : Module
{
    /// <summary>Cycles from an address to its row.</summary>
    public const int Latency = ReadSyncLatency;

    /// <summary>The node's QKV results, a packet of consecutive outputs each.</summary>
    public readonly StreamIn<Signal> Results = In(configuration.Types.Head.Lanes(configuration.PacketLanes));

    /// <summary>Back to the first result of a layer.</summary>
    public readonly Signal Restart = Input(Bit);

    /// <summary>Query row wanted by attention in the next cycle.</summary>
    public readonly Signal QueryAddress = Input(UInt(Sizes.AddressBits(Rows(configuration))));

    /// <summary>The query row asked for in the cycle before.</summary>
    public readonly Signal QueryRow = Output(configuration.Types.Query.Lanes(configuration.HeadLanes));

    /// <summary>Row with the current token's key wanted by attention in the next cycle.</summary>
    public readonly Signal KeyAddress = Input(UInt(Sizes.AddressBits(Rows(configuration))));

    /// <summary>The key row asked for in the cycle before.</summary>
    public readonly Signal KeyRow = Output(configuration.Types.Key.Lanes(configuration.HeadLanes));

    /// <summary>Row with the current token's value wanted by attention in the next cycle.</summary>
    public readonly Signal ValueAddress = Input(UInt(Sizes.AddressBits(Rows(configuration))));

    /// <summary>The value row asked for in the cycle before.</summary>
    public readonly Signal ValueRow = Output(configuration.Types.Value.Lanes(configuration.HeadLanes));

    /// <summary>Row wanted by the KV writer in the next cycle.</summary>
    public readonly Signal WriterAddress = Input(UInt(Sizes.AddressBits(Rows(configuration))));

    /// <summary>The row asked for in the cycle before.</summary>
    public readonly Signal WriterRow = Output(configuration.Types.Head.Lanes(configuration.HeadLanes));

    /// <inheritdoc/>
    public override string Summary => "q, k and v of the current token";

    /// <summary>Rows of the node's heads.</summary>
    public static int Rows(NodeConfiguration c) => 3 * c.NodeHeads * c.RowsPerPosition;

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var perRow = c.HeadLanes / c.PacketLanes;
        Memory(out var rows, c.Types.Head.Lanes(c.HeadLanes), Rows(c), MemoryStyle.Distributed);
        Register(out var index, UInt(Sizes.AddressBits(Rows(c) * perRow)), reset: 0);
        Results.Ready.Drive(1);
        When(Restart, () => index.Drive(0))
            .ElseWhen(Results.Valid, () => index.Drive(index.WrapAdd(1)));
        rows.Write(index >> Sizes.CeilLog2(perRow), Results.Data.Tile(perRow), Results.Valid, ActivationBuffer.LaneMask(index, perRow, c.PacketLanes));
        QueryRow.Drive(rows.ReadSync(QueryAddress, name: "queryRow"));
        KeyRow.Drive(rows.ReadSync(KeyAddress, name: "keyRow"));
        ValueRow.Drive(rows.ReadSync(ValueAddress, name: "valueRow"));
        WriterRow.Drive(rows.ReadSync(WriterAddress, name: "writerRow"));
    }
}
