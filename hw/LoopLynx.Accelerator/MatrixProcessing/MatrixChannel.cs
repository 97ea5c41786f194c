namespace LoopLynx.Accelerator;

/// <summary>A row's sum and the words of its constants.</summary>
public sealed record ChannelSum(Signal Accumulator, Signal Constants)
{
    /// <summary>Types of the fields.</summary>
    public static ChannelSum Shape(NodeConfiguration c) => new(SInt(c.AccumulatorBits), UInt(8 * c.Plan.Weights.RowConstantBytes));
}

/// <summary>
/// One channel of the matrix processor: its part of the beats, registered here so that no choice of the processor loads more than a few bits a channel; its
/// slice,
/// its rows' constants, and its sums with their constants behind a FIFO.
/// </summary>
/// <remarks>Takes a beat a cycle and never stalls: the processor holds credits for the FIFO and for the constants. Latency <see cref="Latency"/>.</remarks>
public sealed class MatrixChannel(NodeConfiguration configuration) : Module
{
    /// <summary>The channel's bytes of the beat at the processor's input.</summary>
    public readonly Signal Beat = Input(configuration.Types.MemoryByte.Lanes(configuration.SliceLanes));

    /// <summary>The beat is taken and part of a row.</summary>
    public readonly Signal IsRow = Input(Bit);

    /// <summary>It is its row's first.</summary>
    public readonly Signal First = Input(Bit);

    /// <summary>It is its row's last.</summary>
    public readonly Signal Last = Input(Bit);

    /// <summary>The beat is taken and constants.</summary>
    public readonly Signal IsConstants = Input(Bit);

    /// <summary>The row of activations that was asked for when the beat was there.</summary>
    public readonly Signal Activations = Input(configuration.Types.Activation.Lanes(configuration.SliceLanes));

    /// <summary>Sums of the rows, in order.</summary>
    public readonly StreamOut<ChannelSum> Sums = Out(ChannelSum.Shape(configuration));

    /// <summary>1 for one cycle when a group's constants are no longer needed.</summary>
    public readonly Signal Frees = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => $"a channel's dot products, {configuration.SliceLanes} lanes";

    /// <summary>Cycles from a row's last beat to its sum at the FIFO's output.</summary>
    public static int Latency(NodeConfiguration c) => SumLatency(c) + RowConstantStore.Latency + StreamFifos.Latency();

    /// <summary>Cycles from a group's last beat to <see cref="Frees"/>.</summary>
    public static int FreeLatency(NodeConfiguration c) => SumLatency(c) + RowConstantStore.Latency;

    // The beats wait as long as the buffer's read takes.
    private static int SumLatency(NodeConfiguration c) => ActivationBuffer.Latency + MatrixSlice.Latency(c.SliceLanes);

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        Let(out var beat, Beat.Registered());
        Instance(out var slice, new MatrixSlice(c.SliceLanes, c.AccumulatorBits));
        slice.Valid.Drive(IsRow.DelayedReset(ActivationBuffer.Latency));
        slice.First.Drive(First.Delayed(ActivationBuffer.Latency));
        slice.Last.Drive(Last.Delayed(ActivationBuffer.Latency));
        slice.Weights.Drive(beat.Delayed(ActivationBuffer.Latency - 1));
        slice.Activations.Drive(Activations);

        var words = Words(beat, IsConstants.RegisteredReset(0, null, "isConstants"), slice.Done);
        Instance(out var sums, new StreamFifo<ChannelSum>(ChannelSum.Shape(c), FifoDepths.RowResults(c), MemoryStyle.Distributed));
        var done = slice.Done.DelayedReset(RowConstantStore.Latency);
        sums.Push.Valid.Drive(done);
        sums.Push.Data.Accumulator.Drive(slice.Sum.Delayed(RowConstantStore.Latency));
        sums.Push.Data.Constants.Drive(words);
        Assert(!done | sums.Push.Ready, "every row that starts has room for its sum");
        Sums.Drive(sums.Pop);
    }

    /// <summary>The constants of the row whose sum is complete, as words side by side.</summary>
    private Signal Words(Signal beat, Signal writes, Signal reads)
    {
        var c = configuration;
        const int WordBytes = Formats.ConstantBits / 8;
        var bytes = c.Plan.Weights.RowConstantBytes;
        var group = Group(beat, ref writes);
        var stores = Instances(bytes / WordBytes, _ => new RowConstantStore(c.RowsPerGroup, FifoDepths.ConstantGroups(c)), "constants");
        for (var i = 0; i < stores.Length; i++)
        {
            var word = from row in Enumerable.Range(0, c.RowsPerGroup) from b in Enumerable.Range(0, WordBytes) select (row * bytes) + (i * WordBytes) + b;
            stores[i].Writes.Drive(writes);
            stores[i].Written.Drive(group.LaneMap(word).AsLanes(UInt(Formats.ConstantBits).Lanes(c.RowsPerGroup)));
            stores[i].Reads.Drive(reads);
        }

        Frees.Drive(stores[0].Frees);
        return SignalLanes.JoinLanes([.. stores.Select(s => s.Word)]).AsBits();
    }

    /// <summary>The bytes of a group's constants: of one beat, or, where that is shorter than a row's constants, of as many as these take.</summary>
    private Signal Group(Signal beat, ref Signal writes)
    {
        var parts = configuration.ConstantBeats;
        if (parts == 1)
        {
            return beat;
        }

        var comes = writes;
        Counter(out var part, parts);
        When(comes, () => part.Step());
        writes = comes & part.IsLast;
        var earlier = new List<Signal>();
        for (var later = beat; earlier.Count < parts - 1; later = earlier[^1])
        {
            earlier.Add(later.Registered(comes, $"part{earlier.Count + 1}"));
        }

        return SignalLanes.JoinLanes([.. Enumerable.Reverse(earlier), beat]);
    }
}
