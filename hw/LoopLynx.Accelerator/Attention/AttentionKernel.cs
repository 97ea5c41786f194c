namespace LoopLynx.Accelerator;

/// <summary>
/// The fused MHA kernel: scores, mask, softmax, token mixing, head by head, fed by the K and V rows of the memory stream and by the current token's own K and V from the chip.
/// </summary>
/// <remarks>
/// One super-beat a cycle in scores and in mixing; softmax of a head runs beside the next head's scores. Source: LoopLynx III-D, Fig. 6(b).
/// The current token never waits for its own K and V to come back from memory.
/// </remarks>
public sealed class AttentionKernel(NodeConfiguration configuration) : Module
{
    /// <summary>Begins a layer's attention.</summary>
    public readonly Signal Start = Input(Bit);

    /// <summary>The current token's position; stable during attention.</summary>
    public readonly Signal Position = Input(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>Super-beats of the heads' constants.</summary>
    public readonly StreamIn<Signal> Constants = In(Formats.Int8.Lanes(configuration.SuperBytes));

    /// <summary>A new layer's constants follow.</summary>
    public readonly Signal RestartConstants = Input(Bit);

    /// <summary>K and V rows in the order of <see cref="HeadSequencer"/>.</summary>
    public readonly StreamIn<Signal> Beats = In(Formats.Int8.Lanes(configuration.SuperBytes));

    /// <summary>Row of the head buffer with the query, wanted in the next cycle.</summary>
    public readonly Signal QueryAddress = Output(UInt(Sizes.AddressBits(HeadBuffer.Rows(configuration))));

    /// <summary>The query asked for in the cycle before.</summary>
    public readonly Signal QueryRow = Input(Formats.Int8.Lanes(configuration.HeadLanes));

    /// <summary>Row of the head buffer with the current key or value, wanted in the next cycle.</summary>
    public readonly Signal CurrentAddress = Output(UInt(Sizes.AddressBits(HeadBuffer.Rows(configuration))));

    /// <summary>The key or value asked for in the cycle before.</summary>
    public readonly Signal CurrentRow = Input(Formats.Int8.Lanes(configuration.HeadLanes));

    /// <summary>The context, head after head.</summary>
    public readonly StreamOut<Signal> Context = Out(Formats.Int8.Lanes(configuration.Channels));

    /// <inheritdoc/>
    public override string Summary => $"multi-head attention, {configuration.Heads} heads of {configuration.HeadDim}";

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        Instance(out var sequencer, new HeadSequencer(c));
        Instance(out var constants, new HeadConstants(c));
        Instance(out var scores, new ScoreUnit(c));
        Instance(out var softmax, new SoftmaxUnit(c));
        Instance(out var mix, new MixUnit(c));
        Instance(out var scaler, new ContextScaler(c));

        sequencer.Start.Drive(Start);
        sequencer.Position.Drive(Position);
        constants.Constants.Drive(Constants);
        constants.Restart.Drive(RestartConstants);
        constants.Head.Drive(softmax.Head);

        // A step moves when its beat is there (or comes from the chip), and when mixing may start: softmax ready, room for the result.
        var step = sequencer.Steps.Data;
        Register(out var mixCredits, UInt(Sizes.BitsFor(MixUnit.ResultDepth)), reset: MixUnit.ResultDepth);
        Let(out var startsMix, step.IsValue & step.First);
        Let(out var startsHead, startsMix & step.Part == 0);
        Let(out var allowed, (!startsMix | mixCredits != 0) & (!startsHead | softmax.Ready));
        Let(out var take, sequencer.Steps.Valid & allowed & (step.Current | Beats.Valid));
        sequencer.Steps.Ready.Drive(allowed & (step.Current | Beats.Valid));
        Beats.Ready.Drive(sequencer.Steps.Valid & allowed & !step.Current);
        When(take & startsMix & !mix.Mixed.Fire, () => mixCredits.Drive(mixCredits.WrapSub(1)))
            .ElseWhen(!(take & startsMix) & mix.Mixed.Fire, () => mixCredits.Drive(mixCredits.WrapAdd(1)));

        // Rows of the head buffer: [head][q, k, v][part].
        var parts = c.RowsPerPosition;
        Signal HeadRow(Signal which) => (((step.Head * 3) + which) * parts + step.Part).Truncate(QueryAddress.Width);
        QueryAddress.Drive(HeadRow(Const(UInt(2), 0)));
        CurrentAddress.Drive(HeadRow(Mux(step.IsValue, Const(UInt(2), 2), Const(UInt(2), 1))));

        // Stage 1: the beat beside the rows read from the chip.
        var valid = take.RegisteredReset(0, null, "valid");
        var now = Payloads.Each(step, s => s.Registered(take));
        var beat = Beats.Data.Registered(take & !step.Current, "beat");
        Let(out var data, Mux(now.Current, CurrentRow.Tile(c.PositionsPerRow), beat));

        scores.Valid.Drive(valid & !now.IsValue);
        scores.First.Drive(now.First);
        scores.Last.Drive(now.Last);
        scores.End.Drive(now.End);
        scores.Parity.Drive(now.Head[0]);
        scores.Row.Drive(now.Row);
        scores.Counts.Drive(SoftmaxUnit.CountMask(c, now.Row, Position));
        scores.Keys.Drive(data);
        scores.Query.Drive(QueryRow);

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
        softmax.ReadParity.Drive(step.Head[0]);
        softmax.ReadRow.Drive(step.Row);
        softmax.Take.Drive(take & startsHead);

        mix.Valid.Drive(valid & now.IsValue);
        mix.First.Drive(now.First);
        mix.Last.Drive(now.Last);
        mix.Values.Drive(data);
        mix.Probabilities.Drive(softmax.Probabilities);
        mix.Scale.Drive(Payloads.Each(softmax.Scale.Data, s => s.Registered(take & startsHead)));
        scaler.Mixed.Drive(mix.Mixed);
        Context.Drive(scaler.Context);
    }
}
