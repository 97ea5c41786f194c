namespace LoopLynx.Accelerator;

/// <summary>
/// The fused MHA kernel: scores, mask, softmax, token mixing, head by head, fed by K and V rows from memory and by the current token's own K and V from the chip.
/// </summary>
/// <remarks>
/// One row a cycle in scores and in mixing, in turn or, where K and V have channels of their own, at the same time; softmax of a head runs beside the next head's scores. Source: LoopLynx III-D, Fig. 6(b).
/// The current token never waits for its own K and V to come back from memory.
/// </remarks>
public sealed class AttentionKernel(NodeConfiguration configuration) : Module
{
    // Rows from memory wait for those of the chip and for their probabilities, whichever is read longer.
    private const int RowLevels = HeadBuffer.Latency > SoftmaxUnit.ReadLatency ? HeadBuffer.Latency : SoftmaxUnit.ReadLatency;

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

    /// <summary>Row of the head buffer with the query, wanted in the next cycle.</summary>
    public readonly Signal QueryAddress = Output(UInt(Sizes.AddressBits(HeadBuffer.Rows(configuration))));

    /// <summary>The query asked for in the cycle before.</summary>
    public readonly Signal QueryRow = Input(configuration.Types.Query.Lanes(configuration.HeadLanes));

    /// <summary>Row of the head buffer with the current key, wanted in the next cycle.</summary>
    public readonly Signal KeyAddress = Output(UInt(Sizes.AddressBits(HeadBuffer.Rows(configuration))));

    /// <summary>The key asked for in the cycle before.</summary>
    public readonly Signal KeyRow = Input(configuration.Types.Key.Lanes(configuration.HeadLanes));

    /// <summary>Row of the head buffer with the current value, wanted in the next cycle.</summary>
    public readonly Signal ValueAddress = Output(UInt(Sizes.AddressBits(HeadBuffer.Rows(configuration))));

    /// <summary>The value asked for in the cycle before.</summary>
    public readonly Signal ValueRow = Input(configuration.Types.Value.Lanes(configuration.HeadLanes));

    /// <summary>The context, head after head.</summary>
    public readonly StreamOut<Signal> Context = Out(configuration.Types.Activation.Lanes(configuration.PacketLanes));

    /// <inheritdoc/>
    public override string Summary => $"multi-head attention, {configuration.NodeHeads} heads of {configuration.HeadDim}";

    /// <summary>Cycles from a head's last K step to the end of its scores: the rows' levels, and the scores.</summary>
    public static int ScoreLatency(NodeConfiguration c) => RowLevels + ScoreUnit.Latency(c);

    /// <summary>Cycles from a part's last V step to its sums: the rows' levels, and mixing.</summary>
    public static int MixLatency(NodeConfiguration c) => RowLevels + MixUnit.Latency(c);

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        Instance(out var constants, new HeadConstants(c));
        Instance(out var scores, new ScoreUnit(c));
        Instance(out var softmax, new SoftmaxUnit(c));
        Instance(out var mix, new MixUnit(c));
        Instance(out var scaler, new ContextScaler(c));

        var (keySteps, valueSteps) = Steps();
        constants.Constants.Drive(Constants);
        constants.Restart.Drive(RestartConstants);
        constants.Head.Drive(softmax.Head);

        // A K step moves when its row is there (or comes from the chip), and when there is room for its head's scores.
        var key = keySteps.Data;
        Let(out var keyHere, key.Current | Keys.Valid);
        Let(out var startsHead, key.First & key.Row == 0);
        Wire(out var roomForScores, Bit);
        Let(out var keyAllowed, !startsHead | roomForScores);
        Let(out var takeKey, keySteps.Valid & keyAllowed & keyHere);
        keySteps.Ready.Drive(keyAllowed & keyHere);
        Keys.Ready.Drive(keySteps.Valid & keyAllowed & !key.Current);

        // A V step, too; and mixing of a head starts when softmax is ready and there is room for the result.
        var value = valueSteps.Data;
        Let(out var valueHere, value.Current | Values.Valid);
        Credits(out var mixCredits, MixUnit.ResultDepth);
        Let(out var startsPart, value.First);
        Let(out var startsMix, value.First & value.Part == 0);
        Let(out var allowed, (!startsPart | mixCredits.Any) & (!startsMix | softmax.Ready));
        Let(out var takeValue, valueSteps.Valid & allowed & valueHere);
        valueSteps.Ready.Drive(allowed & valueHere);
        Values.Ready.Drive(valueSteps.Valid & allowed & !value.Current);
        mixCredits.Move(take: takeValue & startsPart, give: mix.Mixed.Fire);
        roomForScores.Drive(c.SplitKv ? RoomForScores(takeKey & startsHead, c.HeadPipeline ? softmax.Done : takeValue & value.End) : Const(Bit, 1));

        // Rows of the head buffer: [head][q, k, v][part].
        var parts = c.RowsPerPosition;
        Signal HeadRow(AttentionStep step, int which) => ((((step.Head * 3) + which) * parts) + step.Part).Truncate(QueryAddress.Width);
        QueryAddress.Drive(HeadRow(key, 0));
        KeyAddress.Drive(HeadRow(key, 1));
        ValueAddress.Drive(HeadRow(value, 2));

        // The rows from memory, beside those read from the chip.
        const int More = RowLevels - 1;
        Signal FromChip(Signal row) => row.Delayed(RowLevels - HeadBuffer.Latency);
        var keyNow = Payloads.Each(key, s => s.Registered(takeKey).Delayed(More));
        var valueNow = Payloads.Each(value, s => s.Registered(takeValue).Delayed(More));
        var keyRow = Keys.Data.Registered(takeKey & !key.Current, "keyRow").Delayed(More);
        var valueRow = Values.Data.Registered(takeValue & !value.Current, "valueRow").Delayed(More);

        scores.Valid.Drive(takeKey.RegisteredReset(0, null, "keyValid").DelayedReset(More));
        scores.First.Drive(keyNow.First);
        scores.Last.Drive(keyNow.Last);
        scores.End.Drive(keyNow.End);
        scores.Parity.Drive(keyNow.Head[0]);
        scores.Row.Drive(keyNow.Row);
        scores.Counts.Drive(SoftmaxUnit.CountMask(c, keyNow.Row, Position));
        scores.Keys.Drive(Mux(keyNow.Current, FromChip(KeyRow).Tile(c.PositionsPerRow), keyRow));
        scores.Query.Drive(FromChip(QueryRow));

        softmax.Restart.Drive(Start);
        softmax.Position.Drive(Position);
        softmax.Scored.Drive(scores.Scored);
        softmax.ScoredParity.Drive(scores.ScoredParity);
        softmax.ScoredRow.Drive(scores.ScoredRow);
        softmax.Scores.Drive(scores.Scores);
        softmax.HeadScored.Drive(scores.HeadScored);
        softmax.EvenMaximum.Drive(scores.EvenMaximum);
        softmax.OddMaximum.Drive(scores.OddMaximum);
        softmax.Multiplier.Drive(constants.ScoreMultiplier);
        softmax.Shift.Drive(constants.ScoreShift);
        softmax.ContextMultiplier.Drive(constants.ContextMultiplier);
        softmax.ContextShift.Drive(constants.ContextShift);
        softmax.ReadParity.Drive(value.Head[0]);
        softmax.ReadRow.Drive(value.Row);
        softmax.Take.Drive(takeValue & startsMix);

        mix.Valid.Drive(takeValue.RegisteredReset(0, null, "valueValid").DelayedReset(More));
        mix.First.Drive(valueNow.First);
        mix.Last.Drive(valueNow.Last);
        mix.Values.Drive(Mux(valueNow.Current, FromChip(ValueRow).Tile(c.PositionsPerRow), valueRow));
        mix.Probabilities.Drive(softmax.Probabilities.Delayed(RowLevels - SoftmaxUnit.ReadLatency));
        mix.Scale.Drive(Payloads.Each(softmax.Scale.Data, s => s.Registered(takeValue & startsMix).Delayed(More)));
        scaler.Mixed.Drive(mix.Mixed);
        Context.Drive(scaler.Context);
    }

    /// <summary>
    /// Two heads' scores are kept, so K of a third waits for the first one's softmax; without the head pipeline K waits until the head before has been mixed.
    /// Where K and V share an order, it sees to that.
    /// </summary>
    private Signal RoomForScores(Signal begins, Signal ends)
    {
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
}
