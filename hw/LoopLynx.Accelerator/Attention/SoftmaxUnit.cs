namespace LoopLynx.Accelerator;

/// <summary>
/// Softmax of one head after its scores are complete: exponentials of the distances from the maximum, their sum, and its reciprocal. Two heads' rows are kept,
/// so that the next head's scores come in meanwhile.
/// </summary>
/// <remarks>
/// A pass takes one row of positions a cycle, and <see cref="Latency"/> before and behind them.
/// The probabilities stay unnormalised (u16); the division by the sum is applied after mixing.
/// A pass begins when <see cref="ScorePort.HeadDone"/> has risen and the results of the pass before have been taken. Source: LoopLynx III-C, softmax.1 and
/// softmax.2.
/// </remarks>
public sealed class SoftmaxUnit(NodeConfiguration configuration) : Module
{
    /// <summary>Cycles from <see cref="ScorePort.HeadDone"/> to the first in which the head's pass can begin.</summary>
    public const int BeginLatency = CreditLatency;

    /// <summary>Cycles from <see cref="ProbabilityPort.Take"/> to the first in which the next pass can begin.</summary>
    public const int TakeLatency = 1;

    /// <summary>Cycles from <see cref="Done"/> to <see cref="ProbabilityPort.Ready"/>.</summary>
    public const int ReadyLatency = 1;

    /// <summary>Cycles from <see cref="ProbabilityPort.Row"/> to its <see cref="ProbabilityPort.Values"/>.</summary>
    public const int ReadLatency = ReadSyncLatency;

    // From the pass's first cycle to its first request.
    private const int RequestLatency = 1;

    // The scores' read, and the distances from the maximum.
    private const int DistanceLevels = ReadSyncLatency + 1;

    // From the last row of exponentials to their sum.
    private const int SumLatency = 1;

    /// <summary>Begins a layer.</summary>
    public readonly Signal Restart = Input(Bit);

    /// <summary>Positions in the cache.</summary>
    public readonly Signal Position = Input(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>Scores and maxima of the heads.</summary>
    public readonly ScorePort Scores = new ScorePort(configuration).Flip();

    /// <summary>Constants of the pass's head.</summary>
    public readonly HeadScalePort Constants = new(configuration);

    /// <summary>1 for one cycle when a pass ends: that head's scores aren't needed any more.</summary>
    public readonly Signal Done = Output(Bit);

    /// <summary>Probabilities of the heads, and what their sums scale.</summary>
    public readonly ProbabilityPort Results = new(configuration);

    /// <inheritdoc/>
    public override string Summary => "exponentials, sum and reciprocal of a head";

    /// <summary>Cycles from <see cref="ScorePort.HeadDone"/> to <see cref="ProbabilityPort.Ready"/> where no pass is under way.</summary>
    /// <param name="rows">Rows of positions, the current token's among them.</param>
    public static long Latency(long rows) => BeginLatency + PassLatency(rows) + ReadyLatency;

    /// <summary>Cycles from a pass's first to <see cref="Done"/>.</summary>
    /// <param name="rows">Rows of positions, the current token's among them.</param>
    public static long PassLatency(long rows) =>
        RequestLatency + rows - 1 + StreamPipelines.Latency(DistanceLevels) + ExponentialUnit.Latency + SumLatency + ReciprocalUnit.Latency;

    private int RowBits => HeadSequencer.RowBits(configuration);

    /// <summary>
    /// One bit for each position of <paramref name="row"/>: it is before the current one, or the row is the current token's and the lane is 0.
    /// </summary>
    public static Signal CountMask(NodeConfiguration c, Signal row, Signal position)
    {
        var lanes = c.PositionsPerRow;
        var numbers = Enumerable.Range(0, lanes).Select(i => new System.Numerics.BigInteger(i)).ToArray();
        var lane = Const(UInt(Sizes.AddressBits(lanes)).Lanes(lanes), numbers);
        var positions = (row << Sizes.CeilLog2(lanes)) + lane;
        var past = positions < position;
        return Mux(row == HeadSequencer.MemoryRows(c, position), lane == 0, past);
    }

    /// <inheritdoc/>
    protected override void Build()
    {
        var rowsPerHead = 1 << RowBits;
        Memory(out var scores, Scores.Values.Type, 2 * rowsPerHead, MemoryStyle.Auto);
        Memory(out var probabilities, Results.Values.Type, 2 * rowsPerHead, MemoryStyle.Auto);
        scores.Write(Cat(Scores.Parity, Scores.Row), Scores.Values, Scores.Valid);

        // A pass: request every row, compute, store, sum up; then the reciprocal.
        Credits(out var waiting, limit: 3, initial: 0);
        Register(out var busy, Bit, reset: 0);
        Register(out var ready, Bit, reset: 0);
        Counter(out var head, UInt(Sizes.AddressBits(configuration.NodeHeads)));
        Counter(out var requestRow, UInt(RowBits + 1));
        Counter(out var storeRow, UInt(RowBits));
        Let(out var parity, head.Value[0]);
        Let(out var lastRow, HeadSequencer.MemoryRows(configuration, Position));
        Let(out var begin, waiting.Any & !busy & !ready);
        var distance = new Distance(
            Mux(parity, Scores.OddMaximum, Scores.EvenMaximum).Registered(begin, "headMaximum"),
            Constants.ScoreMultiplier.Registered(begin, "scoreMultiplier"), Constants.ScoreShift.Registered(begin, "scoreShift"), parity);
        Constants.Head.Drive(head.Value);

        Wire(out var requestReady, Bit);
        Let(out var requesting, busy & requestRow.Value <= lastRow);
        var requests = StreamSources.Of(requesting, requestRow.Value.Truncate(RowBits), requestReady);
        var exponentials = Exponentials(requests, scores, distance);
        Let(out var stored, exponentials.Valid);
        probabilities.Write(Cat(parity, storeRow.Value), exponentials.Data, stored);
        var done = Normalise(exponentials.Data, stored, storeRow.Value, lastRow, begin);
        Results.Ready.Drive(ready);
        Done.Drive(done);
        Results.Values.Drive(probabilities.ReadSync(Cat(Results.Parity, Results.Row), name: "probabilityRow"));

        When(Restart, () =>
        {
            waiting.Count.Drive(0);
            head.Clear();
        }).Else(() =>
        {
            waiting.Move(take: begin, give: Scores.HeadDone);
            When(done, () => head.Step());
        });
        When(begin, () =>
        {
            busy.Drive(1);
            requestRow.Clear();
            storeRow.Clear();
        }).Else(() =>
        {
            When(requesting & requestReady, () => requestRow.Step());
            When(stored, () => storeRow.Step());
            When(done, () => busy.Drive(0));
        });
        When(done, () => ready.Drive(1)).ElseWhen(Results.Take, () => ready.Drive(0));
    }

    /// <summary>Exponentials of the distances of the requested rows' scores from the head's maximum.</summary>
    private Stream<Signal> Exponentials(Stream<Signal> requests, Memory scores, Distance of)
    {
        var distances = requests.Pipeline(DistanceLevels, row =>
        {
            var read = scores.ReadSync(Cat(Held(of.Parity), row), name: "scoreRow");
            var distance = (Held(of.Maximum) - read).Truncate(read.Width + 1).AsUnsigned();
            return new ExponentialInput(
                distance.Registered(name: "distance"), Held(of.Multiplier), Held(of.Shift),
                CountMask(configuration, row, Held(Position)).Registered(name: "counts"));
        }, "distances");
        Instance(out var exponential, new ExponentialUnit(configuration.PositionsPerRow, Scores.Values.Width + 1));
        exponential.Input.Drive(distances);
        exponential.Output.Ready.Drive(1);
        return exponential.Output;
    }

    /// <summary>
    /// Sums the stored rows up and gives the sum's reciprocal, with the head's context scale; the result is 1 for one cycle when they are there.
    /// </summary>
    private Signal Normalise(Signal probabilities, Signal stored, Signal storeRow, Signal lastRow, Signal begin)
    {
        Register(out var sum, UInt(configuration.Plan.ProbabilitySumBits(configuration.Context)));
        Let(out var lastStored, stored & storeRow == lastRow);
        When(stored, () => sum.Drive((Mux(storeRow == 0, 0, sum) + probabilities.SumLanes()).Truncate(sum.Width)));

        Instance(out var reciprocal, new ReciprocalUnit(sum.Width));
        reciprocal.Input.Valid.Drive(lastStored.RegisteredReset(0, null, "sumComplete"));
        reciprocal.Input.Data.Drive(sum);
        reciprocal.Output.Ready.Drive(1);
        var done = reciprocal.Output.Valid;
        Results.Scale.Drive(new ContextScale(
            reciprocal.Output.Data.Mantissa.Registered(done, "mantissa"), reciprocal.Output.Data.Exponent.Registered(done, "exponent"),
            Constants.ContextMultiplier.Registered(begin, "contextMultiplier"), Constants.ContextShift.Registered(begin, "contextShift")));
        return done;
    }

    /// <summary>How scores become distances in a pass: the head's maximum, the multiplier and shift of its distances, and its parity.</summary>
    private sealed record Distance(Signal Maximum, Signal Multiplier, Signal Shift, Signal Parity);
}
