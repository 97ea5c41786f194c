namespace LoopLynx.Accelerator;

/// <summary>
/// All channels' DMA engines: one address program feeds every read engine, the channels' beats are joined into super-beats, KV writes are dealt to the
/// channels.
/// </summary>
/// <remarks>A beat moves when every channel of its target has its beat. Source: LoopLynx III-D, DMA engines.</remarks>
public sealed class MemoryInterface(NodeConfiguration configuration) : Module
{
    /// <summary>Begins a token's reads.</summary>
    public readonly Signal Start = Input(Bit);

    /// <summary>The token's position.</summary>
    public readonly Signal Position = Input(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>The HBM pseudo-channels.</summary>
    public readonly Axi4[] Channel = MemoryPort.Ports(configuration.Channels, configuration);

    /// <summary>The scheduler's stage, for reads that don't run ahead.</summary>
    public readonly Signal CurrentStage = Input(Scheduler.StepType(configuration));

    /// <summary>1: from the next cycle on the streams' beats are K and V rows; it changes while nothing is taken.</summary>
    public readonly Signal InAttention = Input(Bit);

    /// <summary>1: from the next cycle on they are constants at the head of a layer.</summary>
    public readonly Signal InConstants = Input(Bit);

    /// <summary>Super-beats of weights; channel c is lanes c * SliceLanes ...</summary>
    public readonly StreamOut<Signal> Weights = Out(configuration.Types.MemoryByte.Lanes(configuration.SuperBytes));

    /// <summary>Super-beats of constants.</summary>
    public readonly StreamOut<Signal> Constants = Out(configuration.Types.MemoryByte.Lanes(configuration.SuperBytes));

    /// <summary>Rows of K and V: from all channels in attention's order, or, where they have channels of their own, those of K and those of V.</summary>
    public readonly StreamOut<Signal>[] Rows =
        [.. Enumerable.Range(0, configuration.SplitKv ? 2 : 1).Select(i => Out(configuration.Types.Key.Lanes(configuration.KvBytes), $"Rows{i}"))];

    /// <summary>KV writes.</summary>
    public readonly StreamIn<KvWrite> Writes = In(KvWrite.Shape(configuration, configuration.SuperBytes));

    /// <summary>How fast each channel may order, as <see cref="ReadPacer.Rate"/>; null where nothing paces the reads.</summary>
    public readonly Signal? ReadPace = configuration.PacesReads ? Input(UInt(ReadPacer.FractionBits)) : null;

    /// <summary>The token's last layer, as <see cref="LoopLynxNode.LastLayer"/>.</summary>
    public readonly Signal? LastLayer = configuration.TakesLayers ? Input(UInt(Sizes.AddressBits(configuration.Layers))) : null;

    /// <summary>Every write has been answered.</summary>
    public readonly Signal WritesIdle = Output(Bit);

    /// <summary>A write was answered with an error.</summary>
    public readonly Signal WriteFailed = Output(Bit);

    /// <summary>A read was answered with an error.</summary>
    public readonly Signal ReadFailed = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => $"DMA engines of {configuration.Channels} channels";

    /// <summary>Cycles from a response to <see cref="WritesIdle"/>.</summary>
    public const int ResponseLatency = WriteEngine.ResponseLatency + 1;

    /// <summary>
    /// Cycles to the first order, from <see cref="Start"/> with <c>RunAhead</c>, from the first cycle of the step without: the run, its stage, its FIFO,
    /// and the engine.
    /// </summary>
    public static int OrderLatency { get; } = AddressProgram.StartLatency + StreamStages.IsolateLatency + StreamFifos.Latency() + ReadEngine.OrderLatency;

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        Instance(out var program, new AddressProgram(c));
        program.Start.Drive(Start);
        program.Position.Drive(Position);
        program.CurrentStage.Drive(CurrentStage);
        program.LastLayer?.Drive(LastLayer!);

        var readers = Instances(c.Channels, i => new ReadEngine(c, Targets(i)), "reader");
        var writers = Instances(c.Channels, _ => new WriteEngine(c), "writer");
        var runs = ((Stream<ReadRun>)program.Runs).Skid("run", isFar: true).Stage("run").Fork(c.Channels, "runs");
        var parts = ((Stream<KvWrite>)Writes).Fork(c.Channels, "parts");
        for (var i = 0; i < c.Channels; i++)
        {
            readers[i].Runs.Drive(Wanted(runs[i], i).Fifo(4, name: $"runs{i}_fifo"));
            Channel[i].DriveReads(readers[i].MAxi);
            readers[i].Pace?.Drive(ReadPace!);
            var start = i * c.SliceLanes;
            Signal Own(Signal bytes) => bytes.LaneSlice(start, c.SliceLanes);
            writers[i].Requests.Drive(parts[i].Map(w => new KvWrite(w.Address, Own(w.Data), Own(w.Strobe))));
            Channel[i].DriveWrites(writers[i].MAxi);
        }

        var attention = InAttention.RegisteredReset(0, name: "inAttention");
        var constants = InConstants.RegisteredReset(0, name: "inConstants");
        Signal[] routes = [(!InAttention & !InConstants).RegisteredReset(0, name: "inProducts"), constants, attention];
        var groups = new List<BeatGroup>();
        var first = 0;
        foreach (var size in GroupsOf(c))
        {
            groups.Add(new BeatGroup(readers[first..(first + size)], routes[..Targets(first)]));
            first += size;
        }

        Weights.Drive(BeatGroup.Together(groups, 0));
        Constants.Drive(BeatGroup.Together(groups, 1));
        foreach (var (port, group) in Rows.Zip(groups))
        {
            port.Drive(group.To(2));
        }

        // The flags of all channels, behind one register.
        WritesIdle.Drive(writers.Select(w => w.Idle).Aggregate((a, b) => a & b).RegisteredReset(1, name: "writesIdle"));
        WriteFailed.Drive(writers.Select(w => w.Failed).Aggregate((a, b) => a | b).RegisteredReset(0, name: "writeFailed"));
        ReadFailed.Drive(readers.Select(r => r.Failed).Aggregate((a, b) => a | b).RegisteredReset(0, name: "readFailed"));
    }

    /// <summary>Channels of each group: those of K, those of V and the rest, or all.</summary>
    private static IReadOnlyList<int> GroupsOf(NodeConfiguration c) =>
        c.SplitKv ? [.. new[] { c.KvChannels, c.KvChannels, c.Channels - (2 * c.KvChannels) }.Where(size => size > 0)] : [c.Channels];

    /// <summary>Who takes a channel's beats: products and the loader of constants, and, where it holds K or V, attention.</summary>
    private int Targets(int channel) => !configuration.SplitKv || channel < 2 * configuration.KvChannels ? 3 : 2;

    /// <summary>The runs that concern a channel.</summary>
    private Stream<ReadRun> Wanted(Stream<ReadRun> runs, int channel)
    {
        var c = configuration;
        if (!c.SplitKv)
        {
            return runs;
        }

        var holdsKeys = channel < c.KvChannels;
        var holdsValues = !holdsKeys && channel < 2 * c.KvChannels;
        var target = runs.Data.Target;
        var drop = (target == (int)RunTarget.Keys & !holdsKeys) | (target == (int)RunTarget.Values & !holdsValues);
        return runs.DropWhen(drop, $"runs{channel}_wanted");
    }
}
