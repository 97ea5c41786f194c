namespace LoopLynx.Accelerator;

/// <summary>One row of the residual stream: <c>channels</c> values and the row's number.</summary>
public sealed record ResidualRow(Signal Index, Signal Values);

/// <summary>
/// Keeps the residual stream. A vector is loaded (embedding) or added to (results of O and FC2) as packets of <c>channels</c> values arrive;
/// the sums of the new values and of their squares are gathered on the way, so that layer norm costs its tail only.
/// </summary>
/// <remarks>
/// One packet a cycle. <see cref="Updated"/> rises 4 cycles after a vector's last packet. Addition saturates to 24 bits. The sums are exact.
/// Source: LoopLynx III-C, fused LN&amp;Res.
/// </remarks>
public sealed class ResidualStore(NodeConfiguration configuration) : Module
{
    /// <summary>The token's embedding: replaces the vector.</summary>
    public readonly StreamIn<Signal> Embedding = In(Formats.Residual.Lanes(configuration.Channels));

    /// <summary>Results to add to the vector.</summary>
    public readonly StreamIn<Signal> Delta = In(Formats.Residual.Lanes(configuration.Channels));

    /// <summary>1 for one cycle when a whole vector has been loaded or added.</summary>
    public readonly Signal Updated = Output(Bit);

    /// <summary>Sum of the values in each lane, of the vector last loaded or added.</summary>
    public readonly Signal Totals = Output(SInt(TotalBits(configuration)).Lanes(configuration.Channels));

    /// <summary>Sum of the squares in each lane.</summary>
    public readonly Signal Squares = Output(UInt(SquareBits(configuration)).Lanes(configuration.Channels));

    /// <summary>Begins to read the whole vector.</summary>
    public readonly Signal StartSweep = Input(Bit);

    /// <summary>The rows of a sweep, in order.</summary>
    public readonly StreamOut<ResidualRow> Rows = Out<ResidualRow>(RowTypes(configuration));

    /// <inheritdoc/>
    public override string Summary => "residual stream with running sums";

    /// <summary>Types of a row.</summary>
    public static IReadOnlyList<HdlType> RowTypes(NodeConfiguration c) => [UInt(Sizes.AddressBits(RowCount(c))), Formats.Residual.Lanes(c.Channels)];

    /// <summary>Rows of the vector.</summary>
    public static int RowCount(NodeConfiguration c) => c.Embed / c.Channels;

    /// <summary>Bits of a lane's sum.</summary>
    public static int TotalBits(NodeConfiguration c) => Formats.ResidualBits + Sizes.CeilLog2(RowCount(c));

    /// <summary>Bits of a lane's sum of squares: a square is at most 2^46.</summary>
    public static int SquareBits(NodeConfiguration c) => (2 * Formats.ResidualBits) - 1 + Sizes.CeilLog2(RowCount(c));

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var last = RowCount(c) - 1;
        Memory(out var vector, Formats.Residual.Lanes(c.Channels), RowCount(c), MemoryStyle.Block);
        Register(out var row, UInt(vector.AddressBits), reset: 0);
        Register(out var sweepRow, UInt(Sizes.BitsFor(RowCount(c))), reset: RowCount(c));

        // A packet's way: read the old row; add (or replace); write and square; accumulate.
        Embedding.Ready.Drive(1);
        Delta.Ready.Drive(!Embedding.Valid);
        Let(out var arrives, Embedding.Valid | Delta.Valid);
        When(arrives, () => row.Drive(Mux(row == last, 0, row.WrapAdd(1))));
        Wire(out var readRow, UInt(vector.AddressBits));
        var old = vector.ReadSync(readRow, name: "old");
        var valid1 = arrives.RegisteredReset(0, null, "valid1");
        var replaces = Embedding.Valid.Registered(arrives, "replaces");
        var arrived = Mux(Embedding.Valid, Embedding.Data, Delta.Data).Registered(arrives, "arrived");
        var row1 = row.Registered(arrives, "row1");
        var value = Mux(replaces, arrived, (old + arrived).Saturate(Formats.ResidualBits)).Registered(valid1, "value");
        var valid2 = valid1.RegisteredReset(0, null, "valid2");
        var row2 = row1.Registered(valid1, "row2");
        vector.Write(row2, value, valid2);

        var square = (value * value).Truncate((2 * Formats.ResidualBits) - 1).AsUnsigned().Registered(valid2, "square");
        var addend = value.Registered(valid2, "addend");
        var valid3 = valid2.RegisteredReset(0, null, "valid3");
        var row3 = row2.Registered(valid2, "row3");
        Register(out var totals, SInt(TotalBits(c)).Lanes(c.Channels));
        Register(out var squares, UInt(SquareBits(c)).Lanes(c.Channels));
        When(valid3, () =>
        {
            totals.Drive((Mux(row3 == 0, 0, totals) + addend).Truncate(TotalBits(c)));
            squares.Drive((Mux(row3 == 0, 0, squares) + square).Truncate(SquareBits(c)));
        });
        Totals.Drive(totals);
        Squares.Drive(squares);
        Updated.Drive((valid3 & row3 == last).RegisteredReset(0));

        // A sweep: every row once, in order.
        Let(out var sweeping, sweepRow != RowCount(c));
        Wire(out var sweepReady, Bit);
        When(StartSweep, () => sweepRow.Drive(0))
            .ElseWhen(sweeping & sweepReady, () => sweepRow.Drive(sweepRow.WrapAdd(1)));
        readRow.Drive(Mux(sweeping, sweepRow.Truncate(vector.AddressBits), row));
        var index = sweepRow.Truncate(vector.AddressBits);
        var source = StreamSources.Of(sweeping, index, sweepReady);
        Rows.Drive(source.Pipeline(1, i => new ResidualRow(i.Registered(), old), "sweep"));
    }
}
