namespace LoopLynx.Accelerator;

/// <summary>A row of scores, one a position of the row. <c>Parity</c> tells the two heads under way apart.</summary>
public sealed record ScoreRow(Signal Parity, Signal Row, Signal Scores);

/// <summary>
/// MAC array 1 and the mask unit: scores q . k of all positions in a super-beat, positions that are not in the past masked to the lowest score, and the running
/// maximum of the head.
/// </summary>
/// <remarks>
/// Free-running: latency from <see cref="Valid"/> to <see cref="Scored"/> <see cref="RowLatency"/>, to <see cref="HeadScored"/> <see cref="Latency"/>.
/// Formats: score 16 + log2(headDim) bits, exact. Source: LoopLynx III-D, Fig. 6(b).
/// </remarks>
public sealed class ScoreUnit(NodeConfiguration configuration) : Module
{
    /// <summary>A beat of K is present, with its step.</summary>
    public readonly Signal Valid = Input(Bit);

    /// <summary>First beat of its positions.</summary>
    public readonly Signal First = Input(Bit);

    /// <summary>Last beat of its positions.</summary>
    public readonly Signal Last = Input(Bit);

    /// <summary>Last beat of the head.</summary>
    public readonly Signal End = Input(Bit);

    /// <summary>Parity of the head.</summary>
    public readonly Signal Parity = Input(Bit);

    /// <summary>Row of positions.</summary>
    public readonly Signal Row = Input(UInt(HeadSequencer.RowBits(configuration)));

    /// <summary>Which positions of the row count.</summary>
    public readonly Signal Counts = Input(Bit.Lanes(configuration.PositionsPerRow));

    /// <summary>Keys.</summary>
    public readonly Signal Keys = Input(configuration.Types.Key.Lanes(configuration.KvBytes));

    /// <summary>The head's query.</summary>
    public readonly Signal Query = Input(configuration.Types.Query.Lanes(configuration.HeadLanes));

    /// <summary>A row of scores is complete.</summary>
    public readonly Signal Scored = Output(Bit);

    /// <summary>Its parity.</summary>
    public readonly Signal ScoredParity = Output(Bit);

    /// <summary>Its row.</summary>
    public readonly Signal ScoredRow = Output(UInt(HeadSequencer.RowBits(configuration)));

    /// <summary>Its scores.</summary>
    public readonly Signal Scores = Output(SInt(configuration.Plan.ScoreBits(configuration.HeadDim)).Lanes(configuration.PositionsPerRow));

    /// <summary>A head's last row was complete in the cycle before.</summary>
    public readonly Signal HeadScored = Output(Bit);

    /// <summary>Largest score in each lane of the even head last completed; it stays until the next even head is complete.</summary>
    public readonly Signal EvenMaximum = Output(SInt(configuration.Plan.ScoreBits(configuration.HeadDim)).Lanes(configuration.PositionsPerRow));

    /// <summary>Largest score in each lane of the odd head last completed.</summary>
    public readonly Signal OddMaximum = Output(SInt(configuration.Plan.ScoreBits(configuration.HeadDim)).Lanes(configuration.PositionsPerRow));

    /// <inheritdoc/>
    public override string Summary => "scores of one head, masked";

    /// <summary>Cycles from a row's last beat to its scores: the products, the tree, and the sum of the beats where a position takes several.</summary>
    public static int RowLatency(NodeConfiguration c) => 1 + PipelinedTree.Sum(c.HeadLanes).Latency + (c.RowsPerPosition > 1 ? 1 : 0);

    /// <summary>Cycles from a head's last beat to <see cref="HeadScored"/>: the maximum comes behind the scores.</summary>
    public static int Latency(NodeConfiguration c) => RowLatency(c) + 1;

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var scoreBits = c.Plan.ScoreBits(c.HeadDim);
        var products = (Keys * Query.Tile(c.PositionsPerRow)).Registered(Valid);
        var step = Payloads.Each(new Step(First, Last, End, Parity, Row, Counts), s => s.Registered());
        var sums = PipelinedTree.Sum(c.HeadLanes).Reduce(Valid.RegisteredReset(0), products, step, "sum");

        // The bytes that carry queries and keys may be wider than their formats: then the sum has more bits than its values need.
        var (valid, scores) = (sums.Valid, sums.Value.Width > scoreBits ? sums.Value.Truncate(scoreBits) : sums.Value.Extend(scoreBits));
        step = sums.Beside;
        if (c.RowsPerPosition > 1)
        {
            Register(out var partial, SInt(scoreBits).Lanes(c.PositionsPerRow));
            var terms = scores;
            When(valid, () => partial.Drive((Mux(sums.Beside.First, 0, partial) + terms).Truncate(scoreBits)));
            (valid, step) = (valid.RegisteredReset(0), Payloads.Each(step, s => s.Registered()));
            scores = partial;
        }

        var complete = valid & step.Last;
        var lowest = Const(SInt(scoreBits), SInt(scoreBits).Min);
        Let(out var masked, Mux(step.Counts, scores, lowest));
        Register(out var running, masked.Type);
        Register(out var restart, Bit, reset: 1);
        Let(out var largest, Mux(masked > Mux(restart, lowest, running), masked, Mux(restart, lowest, running)));
        When(complete, () =>
        {
            running.Drive(largest);
            restart.Drive(step.End);
        });
        Scored.Drive(complete);
        ScoredParity.Drive(step.Parity);
        ScoredRow.Drive(step.Row);
        Scores.Drive(masked);
        // At position 0 two heads can be complete before the first one's softmax begins: one maximum for each of the two under way.
        EvenMaximum.Drive(largest.Registered(complete & step.End & !step.Parity, "evenMaximum"));
        OddMaximum.Drive(largest.Registered(complete & step.End & step.Parity, "oddMaximum"));
        HeadScored.Drive((complete & step.End).RegisteredReset(0));
    }

    /// <summary>What a beat brings beside its keys.</summary>
    private sealed record Step(Signal First, Signal Last, Signal End, Signal Parity, Signal Row, Signal Counts);
}
