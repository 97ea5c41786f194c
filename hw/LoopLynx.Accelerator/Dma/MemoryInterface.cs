namespace LoopLynx.Accelerator;

/// <summary>
/// All channels' DMA engines: one address program feeds every read engine, the channels' beats are joined into super-beats, KV writes are dealt to the
/// channels.
/// </summary>
/// <remarks>A super-beat moves when every channel has its beat. Source: LoopLynx III-D, DMA engines.</remarks>
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

    /// <summary>1: the streams' next beats are K and V rows; 0: weights and constants.</summary>
    public readonly Signal InAttention = Input(Bit);

    /// <summary>1: the next KV row is V. Where K and V share the channels, their order in the stream is attention's.</summary>
    public readonly Signal NextIsValue = Input(Bit);

    /// <summary>Super-beats of weights and constants; channel c is lanes c * SliceLanes ...</summary>
    public readonly StreamOut<Signal> Beats = Out(configuration.Types.MemoryByte.Lanes(configuration.SuperBytes));

    /// <summary>Rows of K.</summary>
    public readonly StreamOut<Signal> Keys = Out(configuration.Types.Key.Lanes(configuration.KvBytes));

    /// <summary>Rows of V.</summary>
    public readonly StreamOut<Signal> Values = Out(configuration.Types.Value.Lanes(configuration.KvBytes));

    /// <summary>KV writes.</summary>
    public readonly StreamIn<KvWrite> Writes = In(KvWrite.Shape(configuration, configuration.SuperBytes));

    /// <summary>Every write has been answered.</summary>
    public readonly Signal WritesIdle = Output(Bit);

    /// <summary>A write was answered with an error.</summary>
    public readonly Signal WriteFailed = Output(Bit);

    /// <summary>A read was answered with an error.</summary>
    public readonly Signal ReadFailed = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => $"DMA engines of {configuration.Channels} channels";

    /// <summary>
    /// Cycles to the first order, from <see cref="Start"/> with <c>RunAhead</c>, from the first cycle of the step without: the run, its FIFO, and the engine.
    /// </summary>
    public static int OrderLatency(NodeConfiguration c) =>
        (c.RunAhead ? AddressProgram.StartLatency : 0) + StreamFifos.Latency() + ReadEngine.OrderLatency;

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        Instance(out var program, new AddressProgram(c));
        program.Start.Drive(Start);
        program.Position.Drive(Position);
        program.CurrentStage.Drive(CurrentStage);

        var readers = Instances(c.Channels, _ => new ReadEngine(c), "reader");
        var writers = Instances(c.Channels, _ => new WriteEngine(c), "writer");
        var runs = ((Stream<ReadRun>)program.Runs).Fork(c.Channels, "runs");
        var parts = ((Stream<KvWrite>)Writes).Fork(c.Channels, "parts");
        for (var i = 0; i < c.Channels; i++)
        {
            readers[i].Runs.Drive(Wanted(runs[i], i).Fifo(4, name: $"runs{i}_fifo"));
            Channel[i].DriveReads(readers[i].MAxi);
            var start = i * c.SliceLanes;
            Signal Own(Signal bytes) => bytes.LaneSlice(start, c.SliceLanes);
            writers[i].Requests.Drive(parts[i].Map(w => new KvWrite(w.Address, Own(w.Data), Own(w.Strobe))));
            Channel[i].DriveWrites(writers[i].MAxi);
        }

        var streams = readers.Select(r => (Stream<Signal>)r.Beats).ToArray();
        if (c.SplitKv)
        {
            // Channels of K and V serve weights too, stage by stage.
            var phases = streams.Take(2 * c.KvChannels).Select((s, i) => s.Demultiplex(InAttention, 2, $"phase{i}")).ToArray();
            Keys.Drive(Joined([.. phases.Take(c.KvChannels).Select(p => p[1])], "keys"));
            Values.Drive(Joined([.. phases.Skip(c.KvChannels).Select(p => p[1])], "values"));
            Beats.Drive(Joined([.. phases.Select(p => p[0]), .. streams.Skip(2 * c.KvChannels)], "weights"));
        }
        else
        {
            var which = Mux(InAttention, Mux(NextIsValue, Const(UInt(2), 2), Const(UInt(2), 1)), Const(UInt(2), 0));
            var targets = Joined(streams, "super").Demultiplex(which, 3, "target");
            Beats.Drive(targets[0]);
            Keys.Drive(targets[1]);
            Values.Drive(targets[2]);
        }

        WritesIdle.Drive(writers.Select(w => w.Idle).Aggregate((a, b) => a & b));
        WriteFailed.Drive(writers.Select(w => w.Failed).Aggregate((a, b) => a | b));
        ReadFailed.Drive(readers.Select(r => r.Failed).Aggregate((a, b) => a | b));
    }

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

    /// <summary>One beat of each channel, side by side, when all are there.</summary>
    private static Stream<Signal> Joined(Stream<Signal>[] channels, string name)
    {
        var complete = channels.Select(s => s.Valid).Aggregate((a, b) => a & b).Named($"{name}_complete");
        Wire(out var ready, Bit);
        foreach (var channel in channels)
        {
            channel.Ready.Drive(complete & ready);
        }

        return StreamSources.Of(complete, SignalLanes.JoinLanes([.. channels.Select(s => s.Data)]), ready);
    }
}
