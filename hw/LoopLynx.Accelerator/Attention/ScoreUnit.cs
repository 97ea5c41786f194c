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
    // Sum of a position's beats; mask; largest score of the rows so far.
    private const int PartialLevels = PartialSums.Latency;
    private const int MaskLevels = 1;
    private const int RunningLevels = 1;

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

    /// <summary>Keys; null where the products are another unit's.</summary>
    public readonly Signal? Keys = configuration.SharesMultipliers ? null : Input(configuration.Types.Key.Lanes(configuration.KvBytes));

    /// <summary>The head's query; null like <see cref="Keys"/>.</summary>
    public readonly Signal? Query = configuration.SharesMultipliers ? null : Input(configuration.Types.Query.Lanes(configuration.HeadLanes));

    /// <summary>The positions' dot products from <see cref="AttentionArray"/>, its latency after <see cref="Valid"/>; else null.</summary>
    public readonly Signal? Dots =
        configuration.SharesMultipliers ? Input(AttentionArray.ScoreType(configuration).Lanes(configuration.PositionsPerRow)) : null;

    /// <summary>Scores and maxima.</summary>
    public readonly ScorePort Scores = new(configuration);

    /// <inheritdoc/>
    public override string Summary => "scores of one head, masked";

    /// <summary>Cycles from a row's last beat to its scores: the dot products, where a position takes several beats their sum, and the mask.</summary>
    public static int RowLatency(NodeConfiguration c) => DotProduct.Latency(c.HeadLanes) + (c.RowsPerPosition > 1 ? PartialLevels : 0) + MaskLevels;

    /// <summary>Cycles from a head's last beat to the head: the largest score of a row and of the rows so far come behind the scores.</summary>
    public static int Latency(NodeConfiguration c) => RowLatency(c) + PipelinedTree.Max(c.PositionsPerRow).Latency + RunningLevels;

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var (valid, sums) = Dots is null ? Products() : (Valid.DelayedReset(AttentionArray.ScoreLatency(c)), Dots);

        // The bytes that carry queries and keys may be wider than their formats: then the sum has more bits than its values need.
        var scores = sums.Resize(c.Plan.ScoreBits(c.HeadDim));
        var step = Payloads.Each(new Step(First, Last, End, Parity, Row, Counts), s => s.Delayed(DotProduct.Latency(c.HeadLanes)));
        if (c.RowsPerPosition > 1)
        {
            var partial = new PartialSums(scores.Type).Add(valid, step.First, scores, "partial");
            (valid, step) = (valid.RegisteredReset(0), Payloads.Each(step, s => s.Registered()));
            scores = partial;
        }

        var lowest = Const(scores.Type.WithLanes(1), scores.Type.WithLanes(1).Min);
        var masked = Mux(step.Counts, scores, lowest).Registered(name: "masked");
        var complete = (valid & step.Last).RegisteredReset(0, null, "complete");
        step = Payloads.Each(step, s => s.Registered());
        Scores.Valid.Drive(complete);
        Scores.Parity.Drive(step.Parity);
        Scores.Row.Drive(step.Row);
        Scores.Values.Drive(masked);
        Maximum(PipelinedTree.Max(c.PositionsPerRow).Reduce(complete, masked, new Head(step.End, step.Parity), "rowMaximum"));
    }

    /// <summary>The positions' dot products, of the unit's own multipliers.</summary>
    private (Signal Valid, Signal Sums) Products()
    {
        var c = configuration;
        var dots = Instances(c.PositionsPerRow, _ => new DotProduct(c.HeadLanes, c.Types.Key, c.Types.Query), "dot");
        foreach (var (dot, i) in dots.Select((d, i) => (d, i)))
        {
            dot.Valid.Drive(Valid);
            dot.A.Drive(Keys!.LaneSlice(i * c.HeadLanes, c.HeadLanes));
            dot.B.Drive(Query!);
        }

        return (dots[0].Done, SignalLanes.JoinLanes([.. dots.Select(d => d.Sum)]));
    }

    /// <summary>The largest score of the rows so far, from each row's.</summary>
    private void Maximum(TreeOutput<Head> row)
    {
        var (valid, value, head) = row;
        Register(out var running, value.Type);
        Register(out var restart, Bit, reset: 1);
        Let(out var largest, Mux(restart | value > running, value, running));
        When(valid, () =>
        {
            running.Drive(largest);
            restart.Drive(head.End);
        });

        // At position 0 two heads can be complete before the first one's softmax begins: one maximum for each of the two under way.
        Scores.EvenMaximum.Drive(largest.Registered(valid & head.End & !head.Parity, "evenMaximum"));
        Scores.OddMaximum.Drive(largest.Registered(valid & head.End & head.Parity, "oddMaximum"));
        Scores.HeadDone.Drive((valid & head.End).RegisteredReset(0));
    }

    /// <summary>What a beat brings beside its keys.</summary>
    private sealed record Step(Signal First, Signal Last, Signal End, Signal Parity, Signal Row, Signal Counts);

    /// <summary>What a row brings beside its largest score.</summary>
    private sealed record Head(Signal End, Signal Parity);
}
