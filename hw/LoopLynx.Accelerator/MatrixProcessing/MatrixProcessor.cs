namespace LoopLynx.Accelerator;

/// <summary>
/// The matrix processing unit: takes super-beats of constants and weights in stream order, one MP slice a channel, and gives the sums of a packet of rows at a
/// time.
/// </summary>
/// <remarks>
/// Consumes one super-beat a cycle. A row group is <c>ConstantBeats</c> beats of constants, then <c>RowsPerGroup</c> rows. A row starts only with a credit for
/// its result, so the slices never stall. Latency from a row's last beat to <see cref="Rows"/>: 1 + the slice's latency + 1. Source: LoopLynx III-D, Fig. 6(a).
/// </remarks>
public sealed class MatrixProcessor(NodeConfiguration configuration) : Module
{
    private enum State
    {
        Idle,
        Constants,
        Rows,
    }

    /// <summary>Cycles from a command that is taken to the first in which its first beat can be.</summary>
    public const int StartLatency = 1;

    /// <summary>What to compute; taken when the previous product's last beat has been taken.</summary>
    public readonly StreamIn<MatrixCommand> Command = In(MatrixCommand.Shape(configuration));

    /// <summary>Super-beats; channel c is lanes c * lanes ...</summary>
    public readonly StreamIn<Signal> Beats = In(configuration.Types.MemoryByte.Lanes(configuration.SuperBytes));

    /// <summary>Rows of the activation buffer.</summary>
    public readonly RowPort Activations = ActivationBuffer.Port(configuration);

    /// <summary>Sums of consecutive rows, row i * channels + c from slice c.</summary>
    public readonly StreamOut<RowSums> Rows = Out(RowSums.Shape(configuration.PacketLanes, configuration.Plan, configuration.AccumulatorBits));

    /// <inheritdoc/>
    public override string Summary => $"matrix-vector products, {configuration.Channels} slices x {configuration.SliceLanes} lanes";

    /// <summary>Cycles from a row's last beat to its sum: the operands' registers, beside the activation buffer's read, the slice, the FIFO.</summary>
    public static int Latency(NodeConfiguration c) => SumLatency(c) + StreamFifos.Latency();

    /// <summary>Rows under way at most: between the operands and the FIFO's output, one whose credit comes back, and one that leaves in packets.</summary>
    public static int RowsUnderWay(NodeConfiguration c) => Latency(c) + CreditLatency + 1;

    private static int SumLatency(NodeConfiguration c) => ActivationBuffer.Latency + MatrixSlice.Latency(c.SliceLanes);

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        Fsm<State>(out var state);
        Counter(out var group, Command.Data.Groups.Type);
        Counter(out var row, c.RowsPerGroup);
        Counter(out var beat, Command.Data.Beats.Type);
        var command = TakeCommand(state);

        // Credits: one for each row result that the FIFO behind the slices can take.
        Credits(out var credits, FifoDepths.RowResults(c));
        Let(out var firstBeat, beat.Value == 0);
        Let(out var lastBeat, beat.Value == command.Beats);
        Let(out var takeWeights, Beats.Valid & state.Is(State.Rows) & (!firstBeat | credits.Any));
        var constants = ConstantStream(state.Is(State.Constants), out var constantsReady);
        Let(out var takeConstants, Beats.Valid & state.Is(State.Constants) & constantsReady);
        Beats.Ready.Drive((state.Is(State.Rows) & (!firstBeat | credits.Any)) | (state.Is(State.Constants) & constantsReady));

        When(takeConstants, () =>
        {
            command.ConstantBeat.Step();
            When(command.ConstantBeat.IsLast, () => state.Go(State.Rows));
        });
        When(takeWeights, () =>
        {
            beat.Step(lastBeat);
            When(lastBeat, () =>
            {
                row.Step();
                When(row.IsLast, () =>
                {
                    group.Step(group.Value == command.Groups);
                    state.Go(group.Value == command.Groups, State.Idle, State.Constants);
                });
            });
        });

        Activations.Address.Drive(command.ActivationRow.WrapAdd(beat.Value));
        var results = Sums(Multiply(takeWeights, firstBeat, lastBeat));
        Let(out var rowStarts, takeWeights & firstBeat);
        credits.Move(take: rowStarts, give: results.Fire);
        Rows.Drive(results.Narrow(c.Channels / c.PacketLanes, "sums").Join(constants).Map(p => new RowSums(p.First, p.Second)));
    }

    /// <summary>Keeps the command of the product that is computed.</summary>
    private CurrentProduct TakeCommand(Fsm<State> state)
    {
        Register(out var groups, Command.Data.Groups.Type);
        Register(out var beats, Command.Data.Beats.Type);
        Register(out var activationBase, Command.Data.ActivationRow.Type);
        Counter(out var constantBeat, configuration.ConstantBeats);
        Command.Ready.Drive(state.Is(State.Idle));
        When(Command.Fire, () =>
        {
            groups.Drive(Command.Data.Groups);
            beats.Drive(Command.Data.Beats);
            activationBase.Drive(Command.Data.ActivationRow);
            state.Go(State.Constants);
        });
        return new CurrentProduct(groups, beats, activationBase, constantBeat);
    }

    /// <summary>The beat that is taken goes to the slices with the activations' row; weights wait as long as the buffer's read takes.</summary>
    private MatrixSlice[] Multiply(Signal take, Signal firstBeat, Signal lastBeat)
    {
        var c = configuration;
        const int More = ActivationBuffer.Latency - 1;
        var weights = Beats.Data.Registered(take, "weights").Delayed(More);
        var valid = take.RegisteredReset(0, null, "valid").DelayedReset(More);
        var first = firstBeat.Registered(take, "first").Delayed(More);
        var last = lastBeat.Registered(take, "last").Delayed(More);
        var slices = Instances(c.Channels, _ => new MatrixSlice(c.SliceLanes, c.AccumulatorBits), "slice");
        foreach (var (slice, i) in slices.Select((s, i) => (s, i)))
        {
            slice.Valid.Drive(valid);
            slice.First.Drive(first);
            slice.Last.Drive(last);
            slice.Weights.Drive(weights.LaneSlice(i * c.SliceLanes, c.SliceLanes));
            slice.Activations.Drive(Activations.Row);
        }

        return slices;
    }

    /// <summary>The slices' results wait in a FIFO, for which the credits are.</summary>
    private Stream<Signal> Sums(MatrixSlice[] slices)
    {
        var c = configuration;
        Instance(out var results, new StreamFifo<Signal>(SInt(c.AccumulatorBits).Lanes(c.Channels), FifoDepths.RowResults(c), MemoryStyle.Distributed));
        results.Push.Valid.Drive(slices[0].Done);
        results.Push.Data.Drive(SignalLanes.JoinLanes([.. slices.Select(s => s.Sum)]));
        Assert(!slices[0].Done | results.Push.Ready, "every row that starts has room for its result");
        return results.Pop;
    }

    /// <summary>
    /// The constants of a packet of rows at a time, behind a FIFO of a few groups. A beat of 8 or more bytes holds several rows' constants, a shorter one a
    /// part of one row's.
    /// </summary>
    private Stream<RowConstants> ConstantStream(Signal open, out Signal ready)
    {
        var c = configuration;
        var bytes = configuration.Plan.Weights.RowConstantBytes;
        Instance(out var blocks, new StreamFifo<Signal>(Beats.Data.Type, 4, MemoryStyle.Distributed));
        blocks.Push.Valid.Drive(Beats.Valid & open);
        blocks.Push.Data.Drive(Beats.Data);
        ready = blocks.Push.Ready;

        // Lanes come as [channel][byte of the beat]; one row's constants are wanted as [channel][8 bytes].
        Stream<Signal> perRow;
        if (c.SliceLanes >= bytes)
        {
            var byRow =
                from r in Enumerable.Range(0, c.RowsPerGroup)
                from channel in Enumerable.Range(0, c.Channels)
                from b in Enumerable.Range(0, bytes)
                select (channel * c.SliceLanes) + (r * bytes) + b;
            perRow = blocks.Pop.Map(beat => beat.LaneMap(byRow)).Narrow(c.RowsPerGroup, "constantRow");
        }
        else
        {
            var byChannel =
                from channel in Enumerable.Range(0, c.Channels)
                from part in Enumerable.Range(0, c.ConstantBeats)
                from b in Enumerable.Range(0, c.SliceLanes)
                select (part * c.SuperBytes) + (channel * c.SliceLanes) + b;
            perRow = blocks.Pop.Widen(c.ConstantBeats, "constantRow").Map(beat => beat.LaneMap(byChannel));
        }

        return perRow.Narrow(c.Channels / c.PacketLanes, "constantPacket").Map(row =>
        {
            var words = row.AsLanes(UInt(8 * bytes).Lanes(c.PacketLanes));
            return new RowConstants(
                words.Slice(0, c.Plan.Bias.Bits).AsSigned(),
                words.Slice(Formats.ConstantBits, Formats.MultiplierBits),
                words.Slice(Formats.ConstantBits + Formats.MultiplierBits, Formats.ShiftBits));
        });
    }

    /// <summary>
    /// The product that is computed: its last row group, a row's last beat, the first row of its activations, and how far a group's constants are.
    /// </summary>
    private sealed record CurrentProduct(Signal Groups, Signal Beats, Signal ActivationRow, Counter ConstantBeat);
}
