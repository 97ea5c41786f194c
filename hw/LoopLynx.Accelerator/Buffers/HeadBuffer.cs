namespace LoopLynx.Accelerator;

/// <summary>
/// Queries, keys and values of the current token, head by head: rows [head][q, k, v][part] of <c>HeadLanes</c> int8 values.
/// QKV results arrive in exactly this order.
/// </summary>
/// <remarks>Writes always succeed. Three read ports, latency 1: two of the attention kernel, one of the KV writer.</remarks>
public sealed class HeadBuffer(NodeConfiguration configuration) : Module
{
    /// <summary>QKV results, <c>channels</c> consecutive outputs each.</summary>
    public readonly StreamIn<Signal> Results = In(Formats.Int8.Lanes(configuration.Channels));

    /// <summary>Back to the first result of a layer.</summary>
    public readonly Signal Restart = Input(Bit);

    /// <summary>Query row wanted by attention in the next cycle.</summary>
    public readonly Signal QueryAddress = Input(UInt(Sizes.AddressBits(Rows(configuration))));

    /// <summary>The query row asked for in the cycle before.</summary>
    public readonly Signal QueryRow = Output(Formats.Int8.Lanes(configuration.HeadLanes));

    /// <summary>Key or value row of the current token wanted by attention in the next cycle.</summary>
    public readonly Signal CurrentAddress = Input(UInt(Sizes.AddressBits(Rows(configuration))));

    /// <summary>The key or value row asked for in the cycle before.</summary>
    public readonly Signal CurrentRow = Output(Formats.Int8.Lanes(configuration.HeadLanes));

    /// <summary>Row wanted by the KV writer in the next cycle.</summary>
    public readonly Signal WriterAddress = Input(UInt(Sizes.AddressBits(Rows(configuration))));

    /// <summary>The row asked for in the cycle before.</summary>
    public readonly Signal WriterRow = Output(Formats.Int8.Lanes(configuration.HeadLanes));

    /// <inheritdoc/>
    public override string Summary => "q, k and v of the current token";

    /// <summary>Rows of all heads.</summary>
    public static int Rows(NodeConfiguration c) => 3 * c.Heads * c.RowsPerPosition;

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var perRow = c.HeadLanes / c.Channels;
        Memory(out var rows, Formats.Int8.Lanes(c.HeadLanes), Rows(c), MemoryStyle.Distributed);
        Register(out var index, UInt(Sizes.AddressBits(Rows(c) * perRow)), reset: 0);
        Results.Ready.Drive(1);
        When(Restart, () => index.Drive(0))
            .ElseWhen(Results.Valid, () => index.Drive(index.WrapAdd(1)));
        rows.Write(index >> Sizes.CeilLog2(perRow), Results.Data.Tile(perRow), Results.Valid, ActivationBuffer.LaneMask(index, perRow, c.Channels));
        QueryRow.Drive(rows.ReadSync(QueryAddress, name: "queryRow"));
        CurrentRow.Drive(rows.ReadSync(CurrentAddress, name: "currentRow"));
        WriterRow.Drive(rows.ReadSync(WriterAddress, name: "writerRow"));
    }
}
