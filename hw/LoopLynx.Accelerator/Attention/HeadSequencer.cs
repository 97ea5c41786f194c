namespace LoopLynx.Accelerator;

/// <summary>
/// One beat of attention work. <c>Row</c>: row of positions; <c>Current</c>: the current token's own vector, from the chip instead of memory.
/// </summary>
/// <param name="Head">Head of the node.</param>
/// <param name="IsValue">0: scores from K; 1: mixing of V.</param>
/// <param name="Part">Part of a head that is wider than a super-beat.</param>
/// <param name="Row">Row of positions.</param>
/// <param name="Current">The row is the current token's.</param>
/// <param name="Begin">First beat of the phase.</param>
/// <param name="First">First beat of an accumulation.</param>
/// <param name="Last">Last beat of an accumulation.</param>
/// <param name="End">Last beat of the phase.</param>
public sealed record AttentionStep(Signal Head, Signal IsValue, Signal Part, Signal Row, Signal Current, Signal Begin, Signal First, Signal Last, Signal End)
{
    /// <summary>Types of the fields.</summary>
    public static AttentionStep Shape(NodeConfiguration c) => new(
        Head: UInt(Sizes.AddressBits(c.NodeHeads)), IsValue: Bit, Part: UInt(Sizes.AddressBits(c.RowsPerPosition)), Row: UInt(HeadSequencer.RowBits(c)),
        Current: Bit, Begin: Bit, First: Bit, Last: Bit, End: Bit);
}

/// <summary>
/// The order of attention: phases of K (scores) and V (mixing), head by head, beat by beat. With the head pipeline, K of head i + 1 comes before V of head i,
/// so that head i's softmax hides under it.
/// </summary>
/// <remarks>
/// A phase walks the rows that memory holds (positions before the current one), then the current token's own row. K: rows outside, parts inside; V: parts
/// outside, rows inside. One step a cycle. Source: LoopLynx III-C, Fig. 4(b).
/// </remarks>
/// <param name="configuration">The node.</param>
/// <param name="phases">Both kinds of phases in one order, or one kind only.</param>
public sealed class HeadSequencer(NodeConfiguration configuration, HeadPhases phases) : Module
{
    /// <summary>Cycles from <see cref="Start"/> to the first step.</summary>
    public const int StartLatency = RowCountLevels + 1 + StreamStages.IsolateLatency;

    // The number of rows, and what is compared with it.
    private const int RowCountLevels = 2;

    /// <summary>Begins a layer's attention.</summary>
    public readonly Signal Start = Input(Bit);

    /// <summary>Positions in the cache: the current token's position.</summary>
    public readonly Signal Position = Input(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>The steps.</summary>
    public readonly StreamOut<AttentionStep> Steps = Out(AttentionStep.Shape(configuration));

    /// <inheritdoc/>
    public override string Summary => "order of K and V phases";

    /// <summary>Bits of a row of positions; the current token's row comes after the last one.</summary>
    public static int RowBits(NodeConfiguration c) => Sizes.BitsFor((c.Context + c.PositionsPerRow - 1) / c.PositionsPerRow);

    /// <summary>Rows of positions that memory holds for a token at <paramref name="position"/>.</summary>
    public static Signal MemoryRows(NodeConfiguration c, Signal position)
    {
        var p = c.PositionsPerRow;
        return ((position + (p - 1)) >> Sizes.CeilLog2(p)).Truncate(RowBits(c));
    }

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var parts = c.RowsPerPosition;
        Register(out var active, Bit, reset: 0);
        var order = new HeadOrder(c, phases);
        var isValue = order.IsValue;
        Counter(out var row, UInt(RowBits(c)));
        Counter(out var part, UInt(Sizes.AddressBits(parts)));
        var rows = new RowEnds(row, MemoryRows(c, Position).Registered(name: "memoryRows"));
        Let(out var lastPart, part.Value == parts - 1);
        Let(out var end, rows.IsLast & lastPart);

        Wire(out var ready, Bit);
        var step = new AttentionStep(order.Head, isValue, part.Value, row.Value, rows.IsLast,
            Begin: rows.IsFirst & part.Value == 0, First: Mux(isValue, rows.IsFirst, part.Value == 0), Last: Mux(isValue, rows.IsLast, lastPart), End: end);
        var steps = StreamSources.Of(active, step, ready, "order");
        Steps.Drive(steps.Isolate("left"));

        When(Start.DelayedReset(RowCountLevels), () =>
        {
            active.Drive(1);
            order.Restart();
            rows.Clear();
            part.Clear();
        }).ElseWhen(steps.Fire, () =>
        {
            When(end, () =>
            {
                rows.Clear();
                part.Clear();
                order.Next();
                active.Drive(!order.LastPhase);
            }).ElseWhen(isValue, () =>
            {
                When(rows.IsLast, () =>
                {
                    rows.Clear();
                    part.Step();
                }).Else(rows.Step);
            }).Else(() =>
            {
                part.Step(lastPart);
                When(lastPart, rows.Step);
            });
        });
    }

    /// <summary>A row's number, with registers that say whether it is the first or the last: a comparison comes a cycle before it is needed.</summary>
    private sealed class RowEnds
    {
        private readonly Counter _row;
        private readonly Signal _beforeLast;
        private readonly Signal _none;

        public RowEnds(Counter row, Signal last)
        {
            Register(out var isFirst, Bit, reset: 1);
            Register(out var isLast, Bit, reset: 0);
            (_row, IsFirst, IsLast) = (row, isFirst, isLast);
            (_beforeLast, _none) = (last.WrapSub(1).Registered(name: "beforeLast"), (last == 0).Registered(name: "noRows"));
        }

        public Signal IsFirst { get; }

        public Signal IsLast { get; }

        public void Clear()
        {
            _row.Clear();
            IsFirst.Drive(1);
            IsLast.Drive(_none);
        }

        public void Step()
        {
            _row.Step();
            IsFirst.Drive(0);
            IsLast.Drive(_row.Value == _beforeLast);
        }
    }
}
