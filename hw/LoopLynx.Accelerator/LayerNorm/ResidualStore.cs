namespace LoopLynx.Accelerator;

/// <summary>One row of the residual stream: a packet of values and the row's number.</summary>
public sealed record ResidualRow(Signal Index, Signal Values)
{
    /// <summary>Types of the fields.</summary>
    public static ResidualRow Shape(NodeConfiguration c) =>
        new(Index: UInt(Sizes.AddressBits(ResidualStore.RowCount(c))), Values: c.Types.Residual.Lanes(c.PacketLanes));
}

/// <summary>
/// Keeps the residual stream. A vector is loaded (embedding) or added to (results of O and FC2) as packets arrive, in any order;
/// the sums of the new values and of their squares are gathered on the way, so that layer norm costs its tail only. Without <c>FusedNorm</c> the results are
/// kept until all are there, and adding and summing are passes over the vector.
/// </summary>
/// <remarks>
/// One packet a cycle. <see cref="Updated"/> rises <see cref="LoadLatency"/> after a vector's last packet of the embedding, <see cref="AddLatency"/> after
/// its last result.
/// Addition saturates to 24 bits. The sums are exact.
/// Source: LoopLynx III-C, fused LN&amp;Res.
/// </remarks>
public sealed class ResidualStore(NodeConfiguration configuration) : Module
{
    /// <summary>Cycles from <see cref="StartSweep"/> to the first row: the order and the sweep's counter, and the pipeline.</summary>
    public static int SweepLatency => 2 + StreamPipelines.Latency(ReadLevels);

    // What comes is registered.
    private const int EntryLevels = 1;

    // A row's address, its read, the memory's output register.
    private const int ReadLevels = 1 + ReadSyncLatency + 1;

    // The addition behind the read, and its saturation.
    private const int AddLevels = 2;

    // From the last packet that waits to the first that leaves.
    private const int CompleteLatency = 1;

    /// <summary>The token's embedding: replaces the vector.</summary>
    public readonly StreamIn<Signal> Embedding = In(configuration.Types.Residual.Lanes(configuration.PacketLanes));

    /// <summary>Results to add to the vector, each row once.</summary>
    public readonly StreamIn<ResidualRow> Delta = In(ResidualRow.Shape(configuration));

    /// <summary>1 for one cycle when a whole vector has been loaded or added.</summary>
    public readonly Signal Updated = Output(Bit);

    /// <summary>Sum of the values in each lane, of the vector last loaded or added.</summary>
    public readonly Signal Totals = Output(SInt(TotalBits(configuration)).Lanes(configuration.PacketLanes));

    /// <summary>Sum of the squares in each lane.</summary>
    public readonly Signal Squares = Output(UInt(SquareBits(configuration)).Lanes(configuration.PacketLanes));

    /// <summary>Asks for the sums: at once with <c>FusedNorm</c>, after a pass without.</summary>
    public readonly Signal StartSums = Input(Bit);

    /// <summary>1 for one cycle when <see cref="Totals"/> and <see cref="Squares"/> are those of the whole vector, after <see cref="StartSums"/>.</summary>
    public readonly Signal Summed = Output(Bit);

    /// <summary>A pass of adding or summing is under way; never with <c>FusedNorm</c>.</summary>
    public readonly Signal Passing = Output(Bit);

    /// <summary>Begins to read rows.</summary>
    public readonly Signal StartSweep = Input(Bit);

    /// <summary>First row of a sweep, in the cycle of <see cref="StartSweep"/>.</summary>
    public readonly Signal FirstRow = Input(UInt(Sizes.AddressBits(RowCount(configuration))));

    /// <summary>Last row of a sweep, while it runs.</summary>
    public readonly Signal LastRow = Input(UInt(Sizes.AddressBits(RowCount(configuration))));

    /// <summary>The rows of a sweep, in order.</summary>
    public readonly StreamOut<ResidualRow> Rows = Out(ResidualRow.Shape(configuration));

    /// <inheritdoc/>
    public override string Summary => "residual stream with running sums";

    /// <summary>Rows of the vector.</summary>
    public static int RowCount(NodeConfiguration c) => c.Embed / c.PacketLanes;

    /// <summary>Bits of a lane's sum.</summary>
    public static int TotalBits(NodeConfiguration c) => c.Plan.Residual.Bits + Sizes.CeilLog2(RowCount(c));

    /// <summary>Bits of a lane's sum of squares: a square is at most 2^46.</summary>
    public static int SquareBits(NodeConfiguration c) => (2 * c.Plan.Residual.Bits) - 1 + Sizes.CeilLog2(RowCount(c));

    /// <summary>Cycles from an embedding's last packet to <see cref="Updated"/>: with <c>FusedNorm</c> behind its sums, without behind its addition.</summary>
    public static int LoadLatency(NodeConfiguration c) => EntryLevels + ReadLevels + AddLevels + (c.FusedNorm ? SumLevels(c) : 1);

    /// <summary>Cycles from a vector's last result to <see cref="Updated"/>; without <c>FusedNorm</c> all rows are added behind it.</summary>
    public static int AddLatency(NodeConfiguration c) =>
        LoadLatency(c) + (c.FusedNorm ? 0 : CompleteLatency + StreamPipelines.Latency(ReadLevels) + RowCount(c) - 1);

    /// <summary>
    /// Cycles from <see cref="StartSums"/> to <see cref="Summed"/>; without <c>FusedNorm</c> a pass over all rows: its counter, the rows, the read and the
    /// sums.
    /// </summary>
    public static int SumLatency(NodeConfiguration c) => c.FusedNorm ? 0 : RowCount(c) + ReadLevels + SumLevels(c);

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        Memory(out var vector, c.Types.Residual.Lanes(c.PacketLanes), RowCount(c), MemoryStyle.Block);
        Register(out var sweeping, Bit, reset: 0);
        Register(out var sweepRow, UInt(vector.AddressBits), reset: 0);
        Wire(out var readRow, UInt(vector.AddressBits));
        var old = vector.ReadSync(readRow.Registered(name: "readAddress"), name: "old").Registered(name: "oldRegister");

        // An embedding comes before a token's first product, so the two never meet.
        Embedding.Ready.Drive(1);
        var deltas = c.FusedNorm ? Delta : Kept();
        deltas.Ready.Drive(1);
        Assert(!Embedding.Valid | !deltas.Valid, "no result comes with a packet of an embedding");
        var written = Update(vector, old, deltas, out var row);

        // Sums: of the values on their way into the vector, or of a pass over it.
        Wire(out var sumRow, UInt(vector.AddressBits));
        Wire(out var summing, Bit);
        var (summed, lastTerm) = Sum(c.FusedNorm ? written : SumPass(old, sumRow, summing));
        Updated.Drive((c.FusedNorm ? summed & lastTerm : written.Valid & written.Last).RegisteredReset(0));
        Summed.Drive(c.FusedNorm ? StartSums : (summed & lastTerm).RegisteredReset(0));
        Passing.Drive(c.FusedNorm ? Const(Bit, 0) : summing | deltas.Fire);
        if (c.FusedNorm)
        {
            summing.Drive(0);
            sumRow.Drive(0);
        }

        // A sweep: every row of its range once, in order.
        Wire(out var sweepReady, Bit);
        When(StartSweep.RegisteredReset(0, null, "startSweep"), () =>
        {
            sweeping.Drive(1);
            sweepRow.Drive(FirstRow.Registered(name: "firstRow"));
        }).ElseWhen(sweeping & sweepReady, () =>
        {
            sweeping.Drive(sweepRow != LastRow);
            sweepRow.Drive(sweepRow.WrapAdd(1));
        });
        readRow.Drive(Mux(sweeping, sweepRow, Mux(summing, sumRow, row)));
        var source = StreamSources.Of(sweeping, sweepRow, sweepReady);
        Rows.Drive(source.Pipeline(ReadLevels, i => new ResidualRow(i, At(ReadLevels, old)), "sweep"));
    }

    /// <summary>
    /// A packet's way: read the old row; add (or replace); write and square; accumulate. The first and the last packet of a vector are told by count.
    /// </summary>
    private Terms Update(Memory vector, Signal old, Stream<ResidualRow> deltas, out Signal row)
    {
        var c = configuration;
        var (loads, adds) = (Embedding.Valid.RegisteredReset(0, null, "loads"), deltas.Valid.RegisteredReset(0, null, "adds"));
        var (embedding, delta) = (Embedding.Data.Registered(name: "embedding"), deltas.Data.Values.Registered(name: "delta"));
        Let(out var arrives, loads | adds);
        Counter(out var count, RowCount(c));
        When(arrives, () => count.Step());
        Let(out row, Mux(loads, count.Value, deltas.Data.Index.Registered(name: "deltaRow")));

        // Beside the read: what arrives waits for its old row.
        var replaces = loads.Delayed(ReadLevels);
        var arrived = Mux(loads, embedding, delta).Registered(name: "arrived").Delayed(ReadLevels - 1);
        var added = Mux(replaces, arrived, (old + arrived)).Registered(name: "added");
        var value = added.Saturate(c.Plan.Residual.Bits).Registered(name: "value");
        const int Levels = ReadLevels + AddLevels;
        var valid = arrives.DelayedReset(Levels);
        vector.Write(row.Registered(name: "arrivedRow").Delayed(Levels - 1), value, valid);
        return new Terms(valid, value, (count.Value == 0).Delayed(Levels), count.IsLast.Delayed(Levels));
    }

    /// <summary>
    /// Adds terms and their squares up in each lane; says when a term is added, and whether it is the last. Each lane has registers of its own that say that a
    /// term comes, and that it is the first.
    /// </summary>
    private (Signal Summed, Signal LastTerm) Sum(Terms terms)
    {
        var c = configuration;
        var levels = SquareLevels(c);
        var square = terms.Value.MultiplyWide(terms.Value, "square").Truncate((2 * c.Plan.Residual.Bits) - 1).AsUnsigned();
        var addend = terms.Value.Delayed(levels);
        var summed = terms.Valid.DelayedReset(levels);
        var adds = SignalLanes.JoinLanes(terms.Valid.DelayedReset(levels - 1).Copies(c.PacketLanes, reset: 0, name: "adds"));
        var begins = SignalLanes.JoinLanes((terms.Valid & terms.First).Delayed(levels - 1).Copies(c.PacketLanes, name: "begins"));
        Register(out var totals, SInt(TotalBits(c)).Lanes(c.PacketLanes));
        Register(out var squares, UInt(SquareBits(c)).Lanes(c.PacketLanes));
        totals.Drive((Mux(begins, 0, totals) + Mux(adds, addend, 0)).Truncate(TotalBits(c)));
        squares.Drive((Mux(begins, 0, squares) + Mux(adds, square, 0)).Truncate(SquareBits(c)));
        Totals.Drive(totals);
        Squares.Drive(squares);
        return (summed, terms.Last.Delayed(levels));
    }

    private static int SquareLevels(NodeConfiguration c) => WideProducts.WideLatency(SInt(c.Plan.Residual.Bits), SInt(c.Plan.Residual.Bits));

    // The square and the running sums.
    private static int SumLevels(NodeConfiguration c) => SquareLevels(c) + 1;

    /// <summary>Values to sum up.</summary>
    private sealed record Terms(Signal Valid, Signal Value, Signal First, Signal Last);

    /// <summary>Results that wait until all rows are there, then leave in order.</summary>
    private Stream<ResidualRow> Kept()
    {
        var c = configuration;
        Memory(out var kept, c.Types.Residual.Lanes(c.PacketLanes), RowCount(c), MemoryStyle.Block);
        Register(out var missing, UInt(Sizes.BitsFor(RowCount(c))), reset: RowCount(c));
        Counter(out var next, RowCount(c));
        Let(out var complete, missing == 0);
        Delta.Ready.Drive(!complete);
        kept.Write(Delta.Data.Index, Delta.Data.Values, Delta.Fire);
        Wire(out var ready, Bit);
        var rows = StreamSources.Of(complete, next.Value, ready).Pipeline(
            ReadLevels, row => new ResidualRow(row, kept.ReadSync(row.Registered(), name: "keptRow").Registered()), "kept");
        When(Delta.Fire, () => missing.Drive(missing.WrapSub(1)))
            .ElseWhen(complete & ready, () =>
            {
                next.Step();
                When(next.IsLast, () => missing.Drive(RowCount(c)));
            });
        return rows;
    }

    /// <summary>A pass over the vector for the sums alone.</summary>
    private Terms SumPass(Signal old, Signal sumRow, Signal summing)
    {
        Counter(out var next, RowCount(configuration));
        Register(out var running, Bit, reset: 0);
        When(StartSums, () => running.Drive(1)).ElseWhen(running & next.IsLast, () => running.Drive(0));
        When(running, () => next.Step());
        summing.Drive(running);
        sumRow.Drive(next.Value);
        return new Terms(running.DelayedReset(ReadLevels), old, (next.Value == 0).Delayed(ReadLevels), next.IsLast.Delayed(ReadLevels));
    }
}
