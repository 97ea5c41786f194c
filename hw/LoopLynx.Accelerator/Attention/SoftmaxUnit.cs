namespace LoopLynx.Accelerator;

/// <summary>
/// Softmax of one head after its scores are complete: exponentials of the distances from the maximum, their sum, and its reciprocal.
/// Two heads' scores are kept, so that the next head's come in meanwhile, and the probabilities of <see cref="Buffers"/> heads.
/// </summary>
/// <remarks>
/// A pass takes one row of positions a cycle, and <see cref="Latency"/> before and behind them; the next begins when the rows have been read.
/// The probabilities stay unnormalised (u16); the division by the sum is applied after mixing.
/// A pass begins when <see cref="ScorePort.HeadDone"/> has risen and a buffer for its probabilities is free. Source: LoopLynx III-C, softmax.1 and softmax.2.
/// </remarks>
public sealed class SoftmaxUnit(NodeConfiguration configuration) : Module
{
    /// <summary>Cycles from <see cref="ScorePort.HeadDone"/> to the first in which the head's pass can begin.</summary>
    public const int BeginLatency = CreditLatency;

    /// <summary>Heads whose probabilities are kept: one is being mixed, the others wait or come in.</summary>
    public const int Buffers = 4;

    /// <summary>Heads whose pass has begun and whose probabilities haven't been taken.</summary>
    public const int Ahead = Buffers - 1;

    /// <summary>Cycles from <see cref="ProbabilityPort.Take"/> to the first in which a pass that waits for a buffer can begin.</summary>
    public const int TakeLatency = CreditLatency;

    /// <summary>Cycles from <see cref="ScoresRead"/> to the first in which the next pass can begin: its head's constants come.</summary>
    public const int NextLatency = HeadConstants.ReadLatency;

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

    /// <summary>1 for one cycle when a pass has read its rows: that head's scores aren't needed any more.</summary>
    public readonly Signal ScoresRead = Output(Bit);

    /// <summary>Probabilities of the heads, and what their sums scale.</summary>
    public readonly ProbabilityPort Results = new(configuration);

    /// <inheritdoc/>
    public override string Summary => "exponentials, sum and reciprocal of a head";

    /// <summary>Cycles from <see cref="ScorePort.HeadDone"/> to <see cref="ProbabilityPort.Ready"/> where no pass is under way.</summary>
    /// <param name="c">The node.</param>
    /// <param name="rows">Rows of positions, the current token's among them.</param>
    public static long Latency(NodeConfiguration c, long rows) => BeginLatency + PassLatency(c, rows);

    /// <summary>Cycles from a pass's first to <see cref="ScoresRead"/>.</summary>
    /// <param name="rows">Rows of positions, the current token's among them.</param>
    public static long ReadingLatency(long rows) => RequestLatency + rows - 1 + DistanceLevels;

    /// <summary>
    /// Cycles from a pass's first to <see cref="ProbabilityPort.Ready"/>: a request for each row, distances, exponentials, their sum, its reciprocal, results.
    /// </summary>
    /// <param name="c">The node.</param>
    /// <param name="rows">Rows of positions, the current token's among them.</param>
    public static long PassLatency(NodeConfiguration c, long rows) =>
        RequestLatency + rows - 1 + StreamPipelines.Latency(DistanceLevels) + ExponentialUnit.Latency(DistanceBits(c))
        + StoreLevels + PipelinedTree.Sum(c.PositionsPerRow).Latency + TotalLevels + ReciprocalUnit.Latency()
        + StreamFifos.Latency();

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
        Memory(out var probabilities, Results.Values.Type, Buffers * rowsPerHead, MemoryStyle.Auto);
        scores.Write(Cat(Scores.Parity, Scores.Row), Scores.Values, Scores.Valid);

        // A pass: request every row, compute, store, sum up; then the reciprocal.
        Credits(out var waiting, limit: 3, initial: 0);
        Credits(out var buffers, Ahead);
        Register(out var busy, Bit, reset: 0);
        Counter(out var head, UInt(Sizes.AddressBits(configuration.NodeHeads)));
        Let(out var parity, head.Value[0]);
        var lastRow = HeadSequencer.MemoryRows(configuration, Position).Registered(name: "lastRow");
        Let(out var begin, waiting.Any & buffers.Any & !busy);
        var maximum = Mux(parity, Scores.OddMaximum, Scores.EvenMaximum).Registered(begin, "headMaximum");
        Constants.Head.Drive(head.Value);

        var requests = Requests(begin, lastRow, out var isLastRequest);
        Let(out var isRead, isLastRequest.DelayedReset(DistanceLevels));
        ScoresRead.Drive(isRead);
        var exponentials = Exponentials(requests, scores, new Pass(maximum, parity, lastRow));
        Store(exponentials, probabilities, lastRow, isRead);
        Results.Values.Drive(probabilities.ReadSync(Cat(Results.Buffer, Results.Row), name: "probabilityRead").Registered(name: "probabilityRow"));

        When(Restart, () =>
        {
            waiting.Count.Drive(0);
            head.Clear();
        }).Else(() =>
        {
            waiting.Move(take: begin, give: Scores.HeadDone);
            When(isRead, () => head.Step());
        });
        buffers.Move(take: begin, give: Results.Take);

        // What a pass holds doesn't change while its beats need it: its maximum, and the constants that follow the head.
        var mayBegin = isRead.DelayedReset(NextLatency - 1);
        When(begin, () => busy.Drive(1)).ElseWhen(mayBegin, () => busy.Drive(0));
    }

    /// <summary>Stores the exponentials of head after head, and gives the results.</summary>
    private void Store(Stream<Signal> exponentials, Memory probabilities, Signal lastRow, Signal isRead)
    {
        var stored = exponentials.Valid.RegisteredReset(0, null, "stored");
        var row = exponentials.Data.Registered(name: "row");
        Counter(out var buffer, Buffers);
        Counter(out var storeRow, UInt(RowBits));
        Let(out var isLast, storeRow.Value == lastRow);
        probabilities.Write(Cat(buffer.Value, storeRow.Value), row, stored);
        When(Restart, () => buffer.Clear()).ElseWhen(stored & isLast, () => buffer.Step());
        When(stored, () => storeRow.Step(isLast));
        Normalise(row, stored, new Ends(storeRow.Value == 0, isLast), isRead);
    }

    /// <summary>The numbers of a pass's rows, from the cycle after it begins.</summary>
    private Stream<Signal> Requests(Signal begin, Signal lastRow, out Signal isLast)
    {
        Register(out var requesting, Bit, reset: 0);
        Counter(out var requestRow, UInt(RowBits));
        Wire(out var requestReady, Bit);
        var requests = StreamSources.Of(requesting, requestRow.Value, requestReady);
        Let(out var isLastRow, requestRow.Value == lastRow);
        When(begin, () =>
        {
            requesting.Drive(1);
            requestRow.Clear();
        }).ElseWhen(requests.Fire, () =>
        {
            requestRow.Step();
            requesting.Drive(!isLastRow);
        });
        isLast = requests.Fire & isLastRow;
        return requests;
    }

    /// <summary>Exponentials of the distances of the requested rows' scores from the head's maximum.</summary>
    private Stream<Signal> Exponentials(Stream<Signal> requests, Memory scores, Pass pass)
    {
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
    /// Sums the stored rows up and gives the sum's reciprocal, with the context scale of the head, whose constants are there while its scores are read.
    /// </summary>
    private void Normalise(Signal probabilities, Signal stored, Ends ends, Signal isRead)
    {
        var row = PipelinedTree.Sum(configuration.PositionsPerRow).Reduce(stored, probabilities, ends, "rowSum");
        Register(out var sum, UInt(configuration.Plan.ProbabilitySumBits(configuration.Context)));
        When(row.Valid, () => sum.Drive((Mux(row.Beside.First, 0, sum) + row.Value).Truncate(sum.Width)));

        Instance(out var reciprocal, new ReciprocalUnit(sum.Width));
        reciprocal.Input.Valid.Drive((row.Valid & row.Beside.Last).RegisteredReset(0, null, "sumComplete"));
        reciprocal.Input.Data.Drive(sum);

        var context = new ContextConstants(Constants.ContextMultiplier, Constants.ContextShift);
        Wire(out var room, Bit);
        var contexts = StreamSources.Of(isRead, context, room, "constants").Fifo(Ahead);
        Assert(!isRead | room, "there is room for the constants of every head under way");
        var (sums, done) = (reciprocal.Output, reciprocal.Output.Valid);
        contexts.Ready.Drive(done);

        var shape = ContextScale.Shape(configuration);
        var scale = new ContextScale(sums.Data.Mantissa, sums.Data.Exponent, contexts.Data.Multiplier, contexts.Data.Shift);
        Instance(out var results, new StreamFifo<ContextScale>(shape, Ahead, MemoryStyle.Distributed));
        sums.Ready.Drive(results.Push.Ready);
        results.Push.Valid.Drive(done);
        foreach (var (port, value) in Payloads.Zip(results.Push.Data, scale))
        {
            port.Drive(value);
        }

        Results.Ready.Drive(results.Pop.Valid);
        Results.Scale.Drive(results.Pop.Data);
        results.Pop.Ready.Drive(Results.Take);
    }

    /// <summary>What is the same for all rows of a pass: the head's maximum and parity, the current token's row.</summary>
    private sealed record Pass(Signal Maximum, Signal Parity, Signal LastRow);

    /// <summary>Whether a row is its head's first or last.</summary>
    private sealed record Ends(Signal First, Signal Last);

    /// <summary>A head's multiplier and shift of the mixed values.</summary>
    private sealed record ContextConstants(Signal Multiplier, Signal Shift);
}
