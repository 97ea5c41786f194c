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
    // Rows from memory wait for those of the chip and for their probabilities, whichever is read longer.
    private const int RowLevels = HeadBuffer.Latency > SoftmaxUnit.ReadLatency ? HeadBuffer.Latency : SoftmaxUnit.ReadLatency;

    // Those behind the first, which has the enable.
    private const int MoreRowLevels = RowLevels - 1;

    /// <summary>Begins a layer's attention.</summary>
    public readonly Signal Start = Input(Bit);

    /// <summary>The current token's position; stable during attention.</summary>
    public readonly Signal Position = Input(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>Super-beats of the heads' constants.</summary>
    public readonly StreamIn<Signal> Constants = In(configuration.Types.MemoryByte.Lanes(configuration.SuperBytes));

    /// <summary>A new layer's constants follow.</summary>
    public readonly Signal RestartConstants = Input(Bit);

    /// <summary>K rows in the order of <see cref="HeadSequencer"/>.</summary>
    public readonly StreamIn<Signal> Keys = In(configuration.Types.Key.Lanes(configuration.KvBytes));

    /// <summary>V rows.</summary>
    public readonly StreamIn<Signal> Values = In(configuration.Types.Value.Lanes(configuration.KvBytes));

    /// <summary>The next row in the common order of K and V is V's. 0 where they are on channels of their own.</summary>
    public readonly Signal NextIsValue = Output(Bit);

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
    public static int ContextLatency => MixUnit.PacketLatency + ContextScaler.Latency;

    /// <inheritdoc/>
    protected override void Build()
    {
        var parts = PlaceParts();
        var (keySteps, valueSteps) = Steps();
        parts.Constants.Constants.Drive(Constants);
        parts.Constants.Restart.Drive(RestartConstants);

        var key = TakeKeys(keySteps, out var roomForScores);
        var value = TakeValues(valueSteps, parts);
        roomForScores.Drive(configuration.SplitKv ? RoomForScores(key, value, parts.Softmax) : Const(Bit, 1));
        AddressHeads(key.Step, value.Step);

        // The rows from memory, beside those read from the chip.
        var keyNow = Payloads.Each(key.Step, s => s.Registered(key.Take).Delayed(MoreRowLevels));
        var valueNow = Payloads.Each(value.Step, s => s.Registered(value.Take).Delayed(MoreRowLevels));
        var keyRow = Keys.Data.Registered(key.Take & !key.Step.Current, "keyRow").Delayed(MoreRowLevels);
        var valueRow = Values.Data.Registered(value.Take & !value.Step.Current, "valueRow").Delayed(MoreRowLevels);
        Score(parts.Scores, keyNow, keyRow, key.Take.RegisteredReset(0, null, "keyValid").DelayedReset(MoreRowLevels));
        Normalise(parts, value);
        Mix(parts, value, valueNow, valueRow);
        Context.Drive(parts.Scaler.Context);
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

    /// <summary>A K step moves when its row is there (or comes from the chip), and when there is room for its head's scores.</summary>
    private Taken TakeKeys(Stream<AttentionStep> steps, out Signal room)
    {
        var key = steps.Data;
        Let(out var keyHere, key.Current | Keys.Valid);
        Let(out var startsHead, key.First & key.Row == 0);
        Wire(out var roomForScores, Bit);
        Let(out var keyAllowed, !startsHead | roomForScores);
        Let(out var takeKey, steps.Valid & keyAllowed & keyHere);
        steps.Ready.Drive(keyAllowed & keyHere);
        Keys.Ready.Drive(steps.Valid & keyAllowed & !key.Current);
        room = roomForScores;
        return new Taken(key, takeKey, startsHead);
    }

    /// <summary>A V step, too; and mixing of a head starts when softmax is ready and there is room for the result.</summary>
    private Taken TakeValues(Stream<AttentionStep> steps, Parts parts)
    {
        var value = steps.Data;
        Let(out var valueHere, value.Current | Values.Valid);
        Credits(out var mixCredits, MixUnit.ResultDepth);
        Let(out var startsPart, value.First);
        Let(out var startsMix, value.First & value.Part == 0);
        Let(out var allowed, (!startsPart | mixCredits.Any) & (!startsMix | parts.Softmax.Results.Ready));
        Let(out var takeValue, steps.Valid & allowed & valueHere);
        steps.Ready.Drive(allowed & valueHere);
        Values.Ready.Drive(steps.Valid & allowed & !value.Current);
        mixCredits.Move(take: takeValue & startsPart, give: parts.Mix.Freed);
        return new Taken(value, takeValue, startsMix);
    }

    /// <summary>Rows of the head buffer: [head][q, k, v][part].</summary>
    private void AddressHeads(AttentionStep key, AttentionStep value)
    {
        var parts = configuration.RowsPerPosition;
        Signal HeadRow(AttentionStep step, int which) => ((((step.Head * 3) + which) * parts) + step.Part).Truncate(Query.Address.Width);
        Query.Address.Drive(HeadRow(key, 0));
        Key.Address.Drive(HeadRow(key, 1));
        Value.Address.Drive(HeadRow(value, 2));
    }

    /// <summary>A row that is read from the chip, at the level of those from memory.</summary>
    private static Signal FromChip(Signal row) => row.Delayed(RowLevels - HeadBuffer.Latency);

    /// <summary>Scores of the row of K that was taken.</summary>
    private void Score(ScoreUnit scores, AttentionStep key, Signal row, Signal valid)
    {
        scores.Valid.Drive(valid);
        scores.First.Drive(key.First);
        scores.Last.Drive(key.Last);
        scores.End.Drive(key.End);
        scores.Parity.Drive(key.Head[0]);
        scores.Row.Drive(key.Row);
        scores.Counts.Drive(SoftmaxUnit.CountMask(configuration, key.Row, Position));
        scores.Keys.Drive(Mux(key.Current, FromChip(Key.Row).Tile(configuration.PositionsPerRow), row));
        scores.Query.Drive(FromChip(Query.Row));
    }

    /// <summary>Softmax of the scores; its probabilities are read for the step of V that moves.</summary>
    private void Normalise(Parts parts, Taken value)
    {
        var (softmax, scores, constants) = (parts.Softmax, parts.Scores, parts.Constants);
        softmax.Restart.Drive(Start);
        softmax.Position.Drive(Position);
        softmax.Scores.Connect(scores.Scores);
        softmax.Constants.Connect(constants.Scales);
        softmax.Results.Parity.Drive(value.Step.Head[0]);
        softmax.Results.Row.Drive(value.Step.Row);
        softmax.Results.Take.Drive(value.Take & value.Begins);
    }

    /// <summary>Mixing of the row of V that was taken.</summary>
    private void Mix(Parts parts, Taken taken, AttentionStep value, Signal row)
    {
        var (mix, softmax) = (parts.Mix, parts.Softmax);
        mix.Valid.Drive(taken.Take.RegisteredReset(0, null, "valueValid").DelayedReset(MoreRowLevels));
        mix.First.Drive(value.First);
        mix.Last.Drive(value.Last);
        mix.Values.Drive(Mux(value.Current, FromChip(Value.Row).Tile(configuration.PositionsPerRow), row));
        mix.Probabilities.Drive(softmax.Results.Values.Delayed(RowLevels - SoftmaxUnit.ReadLatency));
        mix.Scale.Drive(Payloads.Each(softmax.Results.Scale.Data, s => s.Registered(taken.Take & taken.Begins).Delayed(MoreRowLevels)));
        parts.Scaler.Mixed.Drive(mix.Mixed);
    }

    /// <summary>
    /// Two heads' scores are kept, so K of a third waits for the first one's softmax; without the head pipeline K waits until the head before has been mixed.
    /// Where K and V share an order, it sees to that.
    /// </summary>
    private Signal RoomForScores(Taken key, Taken value, SoftmaxUnit softmax)
    {
        var begins = key.Take & key.Begins;
        var ends = configuration.HeadPipeline ? softmax.Done : value.Take & value.Step.End;
        Credits(out var headRoom, configuration.HeadPipeline ? 2 : 1);
        headRoom.Move(take: begins, give: ends);
        return headRoom.Any;
    }

    /// <summary>The steps of K and of V: of one common order, or each of its own.</summary>
    private (Stream<AttentionStep> Keys, Stream<AttentionStep> Values) Steps()
    {
        Stream<AttentionStep> Order(HeadPhases phases, string name)
        {
            var sequencer = Instance(new HeadSequencer(configuration, phases), name);
            sequencer.Start.Drive(Start);
            sequencer.Position.Drive(Position);
            return sequencer.Steps;
        }

        if (configuration.SplitKv)
        {
            NextIsValue.Drive(0);
            return (Order(HeadPhases.Keys, "keySequencer"), Order(HeadPhases.Values, "valueSequencer"));
        }

        var steps = Order(HeadPhases.Both, "sequencer");
        NextIsValue.Drive(steps.Data.IsValue);
        var kinds = steps.Demultiplex(steps.Data.IsValue, 2, "kind");
        return (kinds[0], kinds[1]);
    }

    private sealed record Parts(HeadConstants Constants, ScoreUnit Scores, SoftmaxUnit Softmax, MixUnit Mix, ContextScaler Scaler);

    /// <summary>The step that an order of rows is at.</summary>
    /// <param name="Step">The step.</param>
    /// <param name="Take">It moves in this cycle.</param>
    /// <param name="Begins">It is a head's first.</param>
    private sealed record Taken(AttentionStep Step, Signal Take, Signal Begins);
}
