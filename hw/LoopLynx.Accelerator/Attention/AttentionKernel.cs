namespace LoopLynx.Accelerator;

/// <summary>
/// The fused MHA kernel: scores, mask, softmax, token mixing, head by head, fed by K and V rows from memory and by the current token's own K and V from the
/// chip.
/// </summary>
/// <remarks>
/// One row a cycle in scores and in mixing, in turn or, where K and V have channels of their own, at the same time; softmax of a head runs beside the next
/// head's scores. Source: LoopLynx III-D, Fig. 6(b). The current token never waits for its own K and V to come back from memory.
/// </remarks>
public sealed class AttentionKernel(NodeConfiguration configuration) : Module
{
    /// <summary>Cycles from a step that may be taken, as far as the kernel is concerned, to the first in which it can be.</summary>
    public const int IssueLatency = StreamStages.IsolateLatency;

    /// <summary>Cycles from a step of V that is taken to the first in which the kernel's parts know it.</summary>
    public const int TakenLatency = 1;

    // Rows from memory wait for those of the chip, for their probabilities and for the mask, whichever takes longest.
    private const int RowLevels = HeadBuffer.Latency > ProbabilityLevels ? HeadBuffer.Latency : ProbabilityLevels;
    private const int ProbabilityLevels = SoftmaxUnit.ReadLatency > SoftmaxUnit.MaskLevels ? SoftmaxUnit.ReadLatency : SoftmaxUnit.MaskLevels;

    // From a head's first step of V to its scale, in registers of the kernel.
    private const int ScaleLevels = 2;

    // Bits of a row that one copy of a choice selects.
    private const int SelectedBits = 128;

    /// <summary>Begins a layer's attention.</summary>
    public readonly Signal Start = Input(Bit);

    /// <summary>The current token's position; stable during attention.</summary>
    public readonly Signal Position = Input(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>Super-beats of the heads' constants.</summary>
    public readonly StreamIn<Signal> Constants = In(configuration.Types.MemoryByte.Lanes(configuration.SuperBytes));

    /// <summary>A new layer's constants follow.</summary>
    public readonly Signal RestartConstants = Input(Bit);

    /// <summary>
    /// Rows from memory in the order of <see cref="HeadSequencer"/>: of K and V, or, where they have channels of their own, those of K and those of V.
    /// </summary>
    public readonly StreamIn<Signal>[] Rows =
        [.. Enumerable.Range(0, configuration.SplitKv ? 2 : 1).Select(i => In(configuration.Types.Key.Lanes(configuration.KvBytes), $"Rows{i}"))];

    /// <summary>Rows of the head buffer with queries.</summary>
    public readonly RowPort Query = HeadBuffer.Port(configuration, configuration.Types.Query);

    /// <summary>Rows of the head buffer with the current token's keys.</summary>
    public readonly RowPort Key = HeadBuffer.Port(configuration, configuration.Types.Key);

    /// <summary>Rows of the head buffer with the current token's values.</summary>
    public readonly RowPort Value = HeadBuffer.Port(configuration, configuration.Types.Value);

    /// <summary>The context, head after head.</summary>
    public readonly StreamOut<Signal> Context = Out(configuration.Types.Activation.Lanes(configuration.PacketLanes));

    /// <inheritdoc/>
    public override string Summary => $"multi-head attention, {configuration.NodeHeads} heads of {configuration.HeadDim}";

    /// <summary>Cycles from a head's last K step to the end of its scores: the rows' levels, and the scores.</summary>
    public static int ScoreLatency(NodeConfiguration c) => RowLevels + ScoreUnit.Latency(c);

    /// <summary>Cycles from a part's last V step to its first packet's turn: the rows' levels, and mixing.</summary>
    public static int MixLatency(NodeConfiguration c) => RowLevels + MixUnit.SumLatency(c);

    /// <summary>Cycles from a packet that is on its turn to its context.</summary>
    public static int ContextLatency(NodeConfiguration c) => MixUnit.PacketLatency + ContextScaler.Latency(c) + StreamStages.IsolateLatency;

    /// <inheritdoc/>
    protected override void Build()
    {
        var parts = PlaceParts();
        parts.Constants.Constants.Drive(Constants);
        parts.Constants.Restart.Drive(RestartConstants);
        var gates = new AttentionGates(configuration, parts.Softmax, parts.Mix);
        var (key, value) = TakeRows(gates);
        var begins = (value.Take & value.Step.Begin).RegisteredReset(0, null, "mixBegins");
        gates.Close(begins, (value.Take & value.Step.End).RegisteredReset(0, null, "mixEnds"));

        Query.Address.Drive(key.QueryRow);
        Key.Address.Drive(key.OwnRow);
        Value.Address.Drive(value.OwnRow);
        Score(parts.Scores, key);
        Normalise(parts, value, begins);
        Mix(parts, value, begins);
        if (configuration.SharesMultipliers)
        {
            ShareMultipliers(parts, key, value);
        }
        Context.Drive(parts.Scaler.Context.Isolate("left"));
    }

    private Parts PlaceParts()
    {
        var c = configuration;
        Instance(out var constants, new HeadConstants(c));
        Instance(out var scores, new ScoreUnit(c));
        Instance(out var softmax, new SoftmaxUnit(c));
        Instance(out var mix, new MixUnit(c));
        Instance(out var scaler, new ContextScaler(c));
        return new Parts(constants, scores, softmax, mix, scaler);
    }

    /// <summary>The steps of K and of V that move: of one common order, or each of its own.</summary>
    private (Taken Key, Taken Value) TakeRows(AttentionGates gates)
    {
        Taken Order(HeadPhases phases, string name, StreamIn<Signal> rows)
        {
            var sequencer = Instance(new HeadSequencer(configuration, phases), name);
            sequencer.Start.Drive(Start);
            sequencer.Position.Drive(Position);
            var issued = Issue(sequencer.Steps, gates.Allow(sequencer.Steps, phases), $"{name}Issue", out var needsRow);
            return TakeRow(issued, needsRow, rows);
        }

        if (configuration.SplitKv)
        {
            return (Order(HeadPhases.Keys, "keySequencer", Rows[0]), Order(HeadPhases.Values, "valueSequencer", Rows[1]));
        }

        var taken = Order(HeadPhases.Both, "sequencer", Rows[0]);
        return (taken with { Take = taken.Take & !taken.Step.IsValue }, taken with { Take = taken.Take & taken.Step.IsValue });
    }

    /// <summary>A step that is allowed goes into registers, with its rows of the head buffer: [head][q, k, v][part].</summary>
    private Stream<IssuedStep> Issue(Stream<AttentionStep> steps, Signal allowed, string name, out Signal needsRow)
    {
        var step = steps.Data;
        var parts = configuration.RowsPerPosition;
        Signal HeadRow(Signal which) => ((((step.Head * 3) + which) * parts) + step.Part).Truncate(Query.Address.Width);
        Wire(out var ready, Bit);
        steps.Ready.Drive(allowed & ready);
        var own = Mux(step.IsValue, Const(UInt(2), 2), Const(UInt(2), 1));
        var next = StreamSources.Of(steps.Valid & allowed, new IssuedStep(step, HeadRow(0), HeadRow(own)), ready, name).Skid(name);
        var issued = next.Stage(name);

        // The memory's channels wait for this one bit, so it is a register.
        Register(out needsRow, Bit, reset: 0);
        var needs = needsRow;
        When(next.Ready, () => needs.Drive(next.Valid & !next.Data.Step.Current));
        Assert(needs == (issued.Valid & !issued.Data.Step.Current), "a row is asked for where a step waits for it");
        return issued;
    }

    /// <summary>A step moves when its row is there, or comes from the chip.</summary>
    private static Taken TakeRow(Stream<IssuedStep> steps, Signal needsRow, StreamIn<Signal> rows)
    {
        var step = steps.Data.Step;
        Let(out var isHere, step.Current | rows.Valid);
        steps.Ready.Drive(isHere);
        rows.Ready.Drive(needsRow);
        return new Taken(step, steps.Valid & isHere, rows.Data, steps.Data.QueryRow, steps.Data.OwnRow);
    }

    /// <summary>Scores of the row of K that was taken.</summary>
    private void Score(ScoreUnit scores, Taken key)
    {
        var step = Payloads.Each(key.Step, s => s.Delayed(RowLevels));
        scores.Valid.Drive(key.Take.DelayedReset(RowLevels));
        scores.First.Drive(step.First);
        scores.Last.Drive(step.Last);
        scores.End.Drive(step.End);
        scores.Parity.Drive(step.Head[0]);
        scores.Row.Drive(step.Row);
        var position = Position.Registered(name: "position");
        var currentRow = HeadSequencer.MemoryRows(configuration, position).Registered(name: "currentRow");
        scores.Counts.Drive(SoftmaxUnit.CountMask(configuration, key.Step.Row, position, currentRow).Delayed(RowLevels - SoftmaxUnit.MaskLevels));
        scores.Keys?.Drive(Row(key, Key.Row));
        scores.Query?.Drive(FromChip(Query.Row));
    }

    /// <summary>Softmax of the scores; its probabilities are read for the step of V that moves.</summary>
    private void Normalise(Parts parts, Taken value, Signal begins)
    {
        var (softmax, scores, constants) = (parts.Softmax, parts.Scores, parts.Constants);
        softmax.Restart.Drive(Start);
        softmax.Position.Drive(Position);
        softmax.Scores.Connect(scores.Scores);
        softmax.Constants.Connect(constants.Scales);
        softmax.Results.Buffer.Drive(value.Step.Head.Resize(softmax.Results.Buffer.Width));
        softmax.Results.Row.Drive(value.Step.Row);
        softmax.Results.Take.Drive(begins);
    }

    /// <summary>Mixing of the row of V that was taken.</summary>
    private void Mix(Parts parts, Taken value, Signal begins)
    {
        var (mix, softmax) = (parts.Mix, parts.Softmax);
        var step = Payloads.Each(value.Step, s => s.Delayed(RowLevels));
        mix.Valid.Drive(value.Take.DelayedReset(RowLevels));
        mix.First.Drive(step.First);
        mix.Last.Drive(step.Last);
        mix.Values?.Drive(Row(value, Value.Row));
        mix.Probabilities?.Drive(Probabilities(parts));

        // From the head's first beat on, where it comes to the unit.
        mix.Scale.Drive(Payloads.Each(softmax.Results.Scale.Data, s => s.Registered(begins).Delayed(RowLevels - ScaleLevels)));
        parts.Scaler.Mixed.Drive(mix.Mixed);
    }

    /// <summary>Rows of K meet the query and rows of V the probabilities in one array.</summary>
    private void ShareMultipliers(Parts parts, Taken key, Taken value)
    {
        // One order of rows asks for the current token's key or value, so both ports of the head buffer give the same row.
        Instance(out var array, new AttentionArray(configuration));
        array.IsValue.Drive(value.Step.IsValue.Delayed(RowLevels - RegisterCopies.CopyLatency));
        array.Row.Drive(Row(key, Key.Row));
        array.Query.Drive(FromChip(Query.Row));
        array.Probabilities.Drive(Probabilities(parts));
        parts.Scores.Dots!.Drive(array.Scores);
        parts.Mix.Dots!.Drive(array.Mixed);
    }

    private static Signal Probabilities(Parts parts) => parts.Softmax.Results.Values.Delayed(RowLevels - SoftmaxUnit.ReadLatency);

    /// <summary>A row that is read from the chip, at the level of those from memory.</summary>
    private static Signal FromChip(Signal row) => row.Delayed(RowLevels - HeadBuffer.Latency);

    /// <summary>
    /// The row that was taken, from memory or, for the current token, from the chip. Of the current token's row only the first position counts: the mask leaves
    /// the scores of the others out, and their probabilities are 0.
    /// </summary>
    private Signal Row(Taken taken, Signal own)
    {
        var c = configuration;
        var memory = taken.Row.Delayed(RowLevels);
        var lanes = Math.Max(1, Math.Min(c.HeadLanes, SelectedBits / own.Width));
        var isCurrent = taken.Step.Current.Delayed(RowLevels - RegisterCopies.CopyLatency).Copies(c.HeadLanes / lanes, name: "isCurrent");
        var first = isCurrent.Select((copy, i) => Mux(copy, FromChip(own).LaneSlice(i * lanes, lanes), memory.LaneSlice(i * lanes, lanes)));
        return SignalLanes.JoinLanes([.. first, .. c.PositionsPerRow == 1 ? [] : new[] { memory.LaneSlice(c.HeadLanes, c.KvBytes - c.HeadLanes) }]);
    }

    private sealed record Parts(HeadConstants Constants, ScoreUnit Scores, SoftmaxUnit Softmax, MixUnit Mix, ContextScaler Scaler);

    /// <summary>A step that may be taken.</summary>
    /// <param name="Step">The step.</param>
    /// <param name="QueryRow">Row of the head buffer with the head's query.</param>
    /// <param name="OwnRow">Row of the head buffer with the current token's key or value.</param>
    private sealed record IssuedStep(AttentionStep Step, Signal QueryRow, Signal OwnRow);

    /// <summary>The step that an order of rows is at.</summary>
    /// <param name="Step">The step.</param>
    /// <param name="Take">It moves in this cycle.</param>
    /// <param name="Row">The row from memory.</param>
    /// <param name="QueryRow">Row of the head buffer with the head's query.</param>
    /// <param name="OwnRow">Row of the head buffer with the current token's key or value.</param>
    private sealed record Taken(AttentionStep Step, Signal Take, Signal Row, Signal QueryRow, Signal OwnRow);
}
