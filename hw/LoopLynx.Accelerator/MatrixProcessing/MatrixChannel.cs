namespace LoopLynx.Accelerator;

/// <summary>A row's sum and the words of its constants.</summary>
public sealed record ChannelSum(Signal Accumulator, Signal Constants)
{
    /// <summary>Types of the fields.</summary>
    public static ChannelSum Shape(NodeConfiguration c) => new(SInt(c.AccumulatorBits), UInt(8 * c.Plan.Weights.RowConstantBytes));
}

/// <summary>
/// One channel of the matrix processor, or two whose slices share DSP blocks: their part of the beats, registered here so that no choice of the processor loads
/// more than a few bits a channel; the slice, the rows' constants, and the sums with their constants behind a FIFO.
/// </summary>
/// <remarks>Takes a beat a cycle and never stalls: the processor holds credits for the FIFO and for the constants. Latency <see cref="Latency"/>.</remarks>
public sealed class MatrixChannel(NodeConfiguration configuration) : Module
{
    /// <summary>Each channel's bytes of the beat at the processor's input.</summary>
    public readonly Signal[] Beat = Ports(configuration.SliceRows, name => Input(configuration.Types.MemoryByte.Lanes(configuration.SliceLanes), name));

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

    /// <summary>Sums of each channel's rows, in order.</summary>
    public readonly StreamOut<ChannelSum>[] Sums = Ports(configuration.SliceRows, name => Out(ChannelSum.Shape(configuration), name));

    /// <summary>1 for one cycle when a group's constants are no longer needed.</summary>
    public readonly Signal Frees = Output(Bit);

    /// <inheritdoc/>
    public override string Summary =>
        $"{(configuration.SliceRows == 1 ? "a channel's" : "two channels'")} dot products, {configuration.SliceLanes} lanes";

    /// <summary>Cycles from a row's last beat to its sum at the FIFO's output.</summary>
    public static int Latency(NodeConfiguration c) => SumLatency(c) + RowConstantStore.Latency + StreamFifos.Latency();

    /// <summary>Cycles from a group's last beat to <see cref="Frees"/>.</summary>
    public static int FreeLatency(NodeConfiguration c) => SumLatency(c) + RowConstantStore.Latency;

    // The beats wait as long as the buffer's read takes.
    private static int SumLatency(NodeConfiguration c) => ActivationBuffer.Latency + MatrixSlice.Latency(c.SliceLanes, c.SliceRows);

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var rows = Enumerable.Range(0, c.SliceRows).ToArray();
        Signal[] beats = [.. rows.Select(i => Beat[i].Registered().Named(Name("beat", i)))];
        Instance(out var slice, new MatrixSlice(c.SliceLanes, c.SliceRows, c.AccumulatorBits));
        slice.Valid.Drive(IsRow.DelayedReset(ActivationBuffer.Latency));
        slice.First.Drive(First.Delayed(ActivationBuffer.Latency));
        slice.Last.Drive(Last.Delayed(ActivationBuffer.Latency));
        foreach (var i in rows)
        {
            slice.Weights[i].Drive(beats[i].Delayed(ActivationBuffer.Latency - 1));
        }

        slice.Activations.Drive(Activations);
        var writes = IsConstants.RegisteredReset(0, null, "isConstants");
        Signal[] words = [.. rows.Select(i => Words(i, beats[i], writes, slice.Done))];
        StreamFifo<ChannelSum>[] sums = [.. rows.Select(i =>
            Instance(new StreamFifo<ChannelSum>(ChannelSum.Shape(c), FifoDepths.RowResults(c), MemoryStyle.Distributed), Name("sums", i)))];
        var done = slice.Done.DelayedReset(RowConstantStore.Latency);
        foreach (var i in rows)
        {
            sums[i].Push.Valid.Drive(done);
            sums[i].Push.Data.Accumulator.Drive(slice.Sum[i].Delayed(RowConstantStore.Latency));
            sums[i].Push.Data.Constants.Drive(words[i]);
            Assert(!done | sums[i].Push.Ready, "every row that starts has room for its sum");
            Sums[i].Drive(sums[i].Pop);
        }
    }

    private string Name(string name, int row) => Numbered(name, row, configuration.SliceRows);

    /// <summary>The constants of the row whose sum is complete, as words side by side. All channels need a group's equally long.</summary>
    private Signal Words(int channel, Signal beat, Signal writes, Signal reads)
    {
        var c = configuration;
        const int WordBytes = Formats.ConstantBits / 8;
        var bytes = c.Plan.Weights.RowConstantBytes;
        var group = Group(beat, ref writes);
        var name = c.SliceRows == 1 ? "constants" : $"constants{channel}_";
        var stores = Instances(bytes / WordBytes, _ => new RowConstantStore(c.RowsPerGroup, FifoDepths.ConstantGroups(c)), name);
        for (var i = 0; i < stores.Length; i++)
        {
            var word = from row in Enumerable.Range(0, c.RowsPerGroup) from b in Enumerable.Range(0, WordBytes) select (row * bytes) + (i * WordBytes) + b;
            stores[i].Writes.Drive(writes);
            stores[i].Written.Drive(group.LaneMap(word).AsLanes(UInt(Formats.ConstantBits).Lanes(c.RowsPerGroup)));
            stores[i].Reads.Drive(reads);
        }

        if (channel == 0)
        {
            Frees.Drive(stores[0].Frees);
        }

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
