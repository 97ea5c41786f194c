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
    public const int ReadLatency = ReadSyncLatency + OutputLevels;

    // From the pass's first cycle to its first request.
    private const int RequestLatency = 1;

    // A block RAM's output register.
    private const int OutputLevels = 1;

    // The scores' read, and the distances from the maximum.
    private const int DistanceLevels = ReadSyncLatency + OutputLevels + 1;

    // A row of exponentials before it is stored and summed up; the sum over rows.
    private const int StoreLevels = 1;
    private const int TotalLevels = 1;

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
    /// <param name="c">The node.</param>
    /// <param name="rows">Rows of positions, the current token's among them.</param>
    public static long Latency(NodeConfiguration c, long rows) => BeginLatency + PassLatency(c, rows) + ReadyLatency;

    /// <summary>Cycles from a pass's first to <see cref="Done"/>: a request for each row, distances, exponentials, their sum, its reciprocal.</summary>
    /// <param name="c">The node.</param>
    /// <param name="rows">Rows of positions, the current token's among them.</param>
    public static long PassLatency(NodeConfiguration c, long rows) =>
        RequestLatency + rows - 1 + StreamPipelines.Latency(DistanceLevels) + ExponentialUnit.Latency(DistanceBits(c))
        + StoreLevels + PipelinedTree.Sum(c.PositionsPerRow).Latency + TotalLevels + ReciprocalUnit.Latency();

    private static int DistanceBits(NodeConfiguration c) => c.Plan.ScoreBits(c.HeadDim) + 1;

    private int RowBits => HeadSequencer.RowBits(configuration);

    /// <summary>Register levels of <see cref="CountMask"/>.</summary>
    public const int MaskLevels = 2;

    /// <summary>
    /// One bit for each position of <paramref name="row"/>: it is before the current one, or the row is the current token's and the lane is 0.
    /// <see cref="MaskLevels"/> register levels behind the row: the comparisons, and the choice.
    /// </summary>
    /// <param name="c">The node.</param>
    /// <param name="row">Row of positions.</param>
    /// <param name="position">Positions in the cache; it doesn't change meanwhile.</param>
    /// <param name="currentRow">The current token's row, <see cref="HeadSequencer.MemoryRows"/>.</param>
    public static Signal CountMask(NodeConfiguration c, Signal row, Signal position, Signal currentRow)
    {
        var lanes = c.PositionsPerRow;
        var numbers = Enumerable.Range(0, lanes).Select(i => new System.Numerics.BigInteger(i)).ToArray();
        var lane = Const(UInt(Sizes.AddressBits(lanes)).Lanes(lanes), numbers);
        var positions = (row << Sizes.CeilLog2(lanes)) + lane;
        var past = (positions < position).Registered(name: "past");
        var isCurrent = (row == currentRow).Registered(name: "isCurrent");
        return Mux(isCurrent, lane == 0, past).Registered(name: "counts");
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
        Let(out var parity, head.Value[0]);
        var lastRow = HeadSequencer.MemoryRows(configuration, Position).Registered(name: "lastRow");
        Let(out var begin, waiting.Any & !busy & !ready);
        var maximum = Mux(parity, Scores.OddMaximum, Scores.EvenMaximum).Registered(begin, "headMaximum");
        Constants.Head.Drive(head.Value);

        var requests = Requests(begin, lastRow);
        var exponentials = Exponentials(requests, scores, new Pass(maximum, parity, lastRow));
        var stored = exponentials.Valid.RegisteredReset(0, null, "stored");
        var row = exponentials.Data.Registered(name: "row");
        Counter(out var storeRow, UInt(RowBits));
        probabilities.Write(Cat(parity, storeRow.Value), row, stored);
        When(begin, () => storeRow.Clear()).ElseWhen(stored, () => storeRow.Step());
        var done = Normalise(row, stored, storeRow.Value, lastRow);
        Results.Ready.Drive(ready);
        Done.Drive(done);
        Results.Values.Drive(probabilities.ReadSync(Cat(Results.Parity, Results.Row), name: "probabilityRead").Registered(name: "probabilityRow"));

        When(Restart, () =>
        {
            waiting.Count.Drive(0);
            head.Clear();
        }).Else(() =>
        {
            waiting.Move(take: begin, give: Scores.HeadDone);
            When(done, () => head.Step());
        });
        When(begin, () => busy.Drive(1)).ElseWhen(done, () => busy.Drive(0));
        When(done, () => ready.Drive(1)).ElseWhen(Results.Take, () => ready.Drive(0));
    }

    /// <summary>The numbers of a pass's rows, from the cycle after it begins.</summary>
    private Stream<Signal> Requests(Signal begin, Signal lastRow)
    {
        Register(out var requesting, Bit, reset: 0);
        Counter(out var requestRow, UInt(RowBits));
        Wire(out var requestReady, Bit);
        var requests = StreamSources.Of(requesting, requestRow.Value, requestReady);
        When(begin, () =>
        {
            requesting.Drive(1);
            requestRow.Clear();
        }).ElseWhen(requests.Fire, () =>
        {
            requestRow.Step();
            requesting.Drive(requestRow.Value != lastRow);
        });
        return requests;
    }

    /// <summary>Exponentials of the distances of the requested rows' scores from the head's maximum.</summary>
    private Stream<Signal> Exponentials(Stream<Signal> requests, Memory scores, Pass pass)
    {
        // The head's constants stay until the pass is done.
        var distances = requests.Pipeline(DistanceLevels, row =>
        {
            var read = scores.ReadSync(Cat(Held(pass.Parity), row), name: "scoreRead").Registered(name: "scoreRow");
            var distance = (Held(pass.Maximum) - read).Truncate(read.Width + 1).AsUnsigned();
            return new ExponentialInput(
                distance.Registered(name: "distance"), Held(Constants.ScoreMultiplier), Held(Constants.ScoreShift),
                CountMask(configuration, row, Held(Position), Held(pass.LastRow)));
        }, "distances");
        Instance(out var exponential, new ExponentialUnit(configuration.PositionsPerRow, DistanceBits(configuration)));
        exponential.Input.Drive(distances);
        exponential.Output.Ready.Drive(1);
        return exponential.Output;
    }

    /// <summary>
    /// Sums the stored rows up and gives the sum's reciprocal, with the head's context scale; the result is 1 for one cycle when they are there.
    /// </summary>
    private Signal Normalise(Signal probabilities, Signal stored, Signal storeRow, Signal lastRow)
    {
        var tree = PipelinedTree.Sum(configuration.PositionsPerRow);
        var row = tree.Reduce(stored, probabilities, new Ends(storeRow == 0, storeRow == lastRow), "rowSum");
        Register(out var sum, UInt(configuration.Plan.ProbabilitySumBits(configuration.Context)));
        When(row.Valid, () => sum.Drive((Mux(row.Beside.First, 0, sum) + row.Value).Truncate(sum.Width)));

        Instance(out var reciprocal, new ReciprocalUnit(sum.Width));
        reciprocal.Input.Valid.Drive((row.Valid & row.Beside.Last).RegisteredReset(0, null, "sumComplete"));
        reciprocal.Input.Data.Drive(sum);
        reciprocal.Output.Ready.Drive(1);
        var done = reciprocal.Output.Valid;
        Results.Scale.Drive(new ContextScale(
            reciprocal.Output.Data.Mantissa.Registered(done, "mantissa"), reciprocal.Output.Data.Exponent.Registered(done, "exponent"),
            Constants.ContextMultiplier.Registered(done, "contextMultiplier"), Constants.ContextShift.Registered(done, "contextShift")));
        return done;
    }

    /// <summary>What is the same for all rows of a pass: the head's maximum and parity, the current token's row.</summary>
    private sealed record Pass(Signal Maximum, Signal Parity, Signal LastRow);

    /// <summary>Whether a row is its head's first or last.</summary>
    private sealed record Ends(Signal First, Signal Last);
}
