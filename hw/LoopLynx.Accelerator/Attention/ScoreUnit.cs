namespace LoopLynx.Accelerator;

/// <summary>
/// MAC array 1 and the mask unit: scores q . k of all positions in a super-beat, positions that are not in the past masked to the lowest score, and the running
/// maximum of the head.
/// </summary>
/// <remarks>
/// Free-running: latency from <see cref="Valid"/> to a row <see cref="RowLatency"/>, to the head <see cref="Latency"/>.
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

    /// <summary>Scores and maxima.</summary>
    public readonly ScorePort Scores = new(configuration);

    /// <inheritdoc/>
    public override string Summary => "scores of one head, masked";

    /// <summary>Cycles from a row's last beat to its scores: the products, the tree, and the sum of the beats where a position takes several.</summary>
    public static int RowLatency(NodeConfiguration c) => 1 + PipelinedTree.Sum(c.HeadLanes).Latency + (c.RowsPerPosition > 1 ? 1 : 0);

    /// <summary>Cycles from a head's last beat to the head: the maximum comes behind the scores.</summary>
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
        Scores.Valid.Drive(complete);
        Scores.Parity.Drive(step.Parity);
        Scores.Row.Drive(step.Row);
        Scores.Values.Drive(masked);
        // At position 0 two heads can be complete before the first one's softmax begins: one maximum for each of the two under way.
        Scores.EvenMaximum.Drive(largest.Registered(complete & step.End & !step.Parity, "evenMaximum"));
        Scores.OddMaximum.Drive(largest.Registered(complete & step.End & step.Parity, "oddMaximum"));
        Scores.HeadDone.Drive((complete & step.End).RegisteredReset(0));
    }

    /// <summary>What a beat brings beside its keys.</summary>
    private sealed record Step(Signal First, Signal Last, Signal End, Signal Parity, Signal Row, Signal Counts);
}
