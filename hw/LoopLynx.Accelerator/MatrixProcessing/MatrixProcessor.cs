namespace LoopLynx.Accelerator;

/// <summary>
/// The matrix processing unit: takes super-beats of constants and weights in stream order, one MP slice a channel, and gives the sums of a packet of rows at a
/// time.
/// </summary>
/// <remarks>
/// Consumes one super-beat a cycle. A row group is <c>ConstantBeats</c> beats of constants, then <c>RowsPerGroup</c> rows. A row starts only with a credit for
/// its result and a group only with one for its constants, so the channels never stall. Whether the next beat can be taken is a register.
/// Latency from a row's last beat to <see cref="Rows"/>: <see cref="Latency"/>. Source: LoopLynx III-D, Fig. 6(a).
/// </remarks>
public sealed class MatrixProcessor(NodeConfiguration configuration) : Module
{
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

    /// <summary>Cycles from a row's last beat to its sum.</summary>
    public static int Latency(NodeConfiguration c) => MatrixChannel.Latency(c);

    /// <summary>Rows under way at most: between the beats and the FIFO's output, one whose credit comes back, and one that leaves in packets.</summary>
    public static int RowsUnderWay(NodeConfiguration c) => Latency(c) + ReturnLatency + 1;

    /// <summary>Groups whose constants are under way at most: the one that comes, and those that come while one's last row is summed up.</summary>
    public static int GroupsUnderWay(NodeConfiguration c)
    {
        var group = c.Program.Products.Min(p => c.Map.ProductOf(p.Product.Matrix).GroupBeats);
        return 1 + ((MatrixChannel.FreeLatency(c) + ReturnLatency + group - 1) / group);
    }

    // A credit comes back through a register.
    private const int ReturnLatency = 1 + CreditLatency;

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        Register(out var inConstants, Bit, reset: 0);
        Register(out var inRows, Bit, reset: 0);
        Register(out var open, Bit, reset: 0);
        Wire(out var opens, Bit);
        open.Drive(opens);

        // The engines of all channels look at it, far away.
        Beats.Ready.Drive(opens.Copies(1, reset: 0, name: "ready")[0]);
        Command.Ready.Drive(!inConstants & !inRows);
        Let(out var takes, Beats.Valid & open);
        Let(out var takesConstants, takes & inConstants);
        Let(out var takesRow, takes & inRows);
        var place = Follow(takesConstants, takesRow);

        var channels = Instances(c.Channels / c.SliceRows, _ => new MatrixChannel(c), "channel");
        foreach (var (beat, i) in channels.SelectMany(ch => ch.Beat).Select((beat, i) => (beat, i)))
        {
            beat.Drive(Beats.Data.LaneSlice(i * c.SliceLanes, c.SliceLanes));
        }

        foreach (var channel in channels)
        {
            channel.IsConstants.Drive(takesConstants);
            channel.IsRow.Drive(takesRow);
            channel.First.Drive(place.IsFirst);
            channel.Last.Drive(place.IsLast);
            channel.Activations.Drive(Activations.Row);
        }

        var sums = Joined(channels);
        Credits(out var rows, FifoDepths.RowResults(c));
        Credits(out var groups, FifoDepths.ConstantGroups(c));
        Let(out var rowReturns, sums.Fire.RegisteredReset(0));
        Let(out var groupReturns, channels[0].Frees.RegisteredReset(0));
        rows.Move(take: takesRow & place.IsFirst, give: rowReturns);
        groups.Move(take: takesConstants & place.ConstantsEnd, give: groupReturns);

        // What the next beat is, and whether there is room for it: with the present one taken, and without.
        Let(out var groupEnds, place.IsLast & place.IsLastRow);
        Let(out var toRows, Mux(inConstants, place.ConstantsEnd, inRows & !groupEnds));
        Let(out var toConstants, Mux(inConstants, !place.ConstantsEnd, inRows & groupEnds & !place.IsLastGroup));
        var anotherRow = (rows.Count > Mux(inRows & place.IsFirst, 1, Const(rows.Count.Type, 0))) | rowReturns;
        var anotherGroup = (groups.Count != 0) | groupReturns;
        Let(out var opensTaken, Mux(toRows, !Mux(inRows, place.IsLast, place.IsFirst) | anotherRow, toConstants & anotherGroup));
        Let(out var opensElse, Mux(inRows, !place.IsFirst | rows.Any | rowReturns, (inConstants | Command.Valid) & anotherGroup));
        opens.Drive(Mux(takes, opensTaken, opensElse));
        inRows.Drive(Mux(takes, toRows, inRows));
        inConstants.Drive(Mux(takes, toConstants, inConstants | Command.Fire));

        var packets = sums.Narrow(c.Channels / c.PacketLanes, "sums");
        Rows.Drive(packets.Map(words => Unpacked(words)));
    }

    /// <summary>Keeps the command, and where its next beat stands. The address of the next beat's activations is a register.</summary>
    private Place Follow(Signal takesConstants, Signal takesRow)
    {
        var c = configuration;
        Register(out var lastGroup, Command.Data.Groups.Type);
        Register(out var lastBeat, Command.Data.Beats.Type);
        Register(out var activationBase, Command.Data.ActivationRow.Type);
        Register(out var left, Command.Data.Beats.Type);
        Register(out var address, Command.Data.ActivationRow.Type);
        Register(out var isFirst, Bit, reset: 1);
        Register(out var isLast, Bit);
        Register(out var isSingle, Bit);
        Counter(out var group, Command.Data.Groups.Type);
        Counter(out var row, c.RowsPerGroup);
        Counter(out var constantBeat, c.ConstantBeats);

        // A group's first beat is constants, so its number is compared by the time that its last row ends.
        var isLastGroup = (group.Value == lastGroup).Registered(name: "isLastGroup");
        When(takesConstants, () => constantBeat.Step());
        When(Command.Fire, () =>
        {
            lastGroup.Drive(Command.Data.Groups);
            lastBeat.Drive(Command.Data.Beats);
            activationBase.Drive(Command.Data.ActivationRow);
            left.Drive(Command.Data.Beats);
            address.Drive(Command.Data.ActivationRow);
            isLast.Drive(Command.Data.Beats == 0);
            isSingle.Drive(Command.Data.Beats == 0);
            group.Clear();
        }).ElseWhen(takesRow, () =>
        {
            isFirst.Drive(isLast);
            isLast.Drive(Mux(isLast, isSingle, left == 1));
            left.Drive(Mux(isLast, lastBeat, left.WrapSub(1)));
            address.Drive(Mux(isLast, activationBase, address.WrapAdd(1)));
            When(isLast, () => row.Step());
            When(isLast & row.IsLast, () => group.Step());
        });
        Activations.Address.Drive(address);
        return new Place(isFirst, isLast, row.IsLast, isLastGroup, constantBeat.IsLast);
    }

    /// <summary>The channels' sums of a row, which are complete in the same cycle.</summary>
    private Stream<Signal> Joined(MatrixChannel[] channels)
    {
        Wire(out var ready, Bit);
        StreamOut<ChannelSum>[] each = [.. channels.SelectMany(ch => ch.Sums)];
        foreach (var sum in each)
        {
            sum.Ready.Drive(ready);
        }

        var sums = each.Select(sum => SignalLanes.JoinLanes(Cat(sum.Data.Constants, sum.Data.Accumulator)));
        return StreamSources.Of(each[0].Valid, SignalLanes.JoinLanes([.. sums]), ready);
    }

    /// <summary>Constants of eight bytes above the accumulator.</summary>
    private RowSums Unpacked(Signal words)
    {
        var c = configuration;
        var bits = c.AccumulatorBits;
        return new RowSums(words.Slice(0, bits).AsSigned(), new RowConstants(
            words.Slice(bits, c.Plan.Bias.Bits).AsSigned(),
            words.Slice(bits + Formats.ConstantBits, Formats.MultiplierBits),
            words.Slice(bits + Formats.ConstantBits + Formats.MultiplierBits, Formats.ShiftBits)));
    }

    /// <summary>Where the next beat stands: in its row, its row in the group, the group in the product; among the constants.</summary>
    private sealed record Place(Signal IsFirst, Signal IsLast, Signal IsLastRow, Signal IsLastGroup, Signal ConstantsEnd);
}
