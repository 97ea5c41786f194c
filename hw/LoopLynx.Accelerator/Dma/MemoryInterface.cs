namespace LoopLynx.Accelerator;

/// <summary>
/// All channels' DMA engines: one address program feeds every read engine, the channels' beats are joined into super-beats, KV writes are dealt to the channels.
/// </summary>
/// <remarks>A super-beat moves when every channel has its beat. Source: LoopLynx III-D, DMA engines.</remarks>
public sealed class MemoryInterface(NodeConfiguration configuration) : Module
{
    /// <summary>Begins a token's reads.</summary>
    public readonly Signal Start = Input(Bit);

    /// <summary>The token's position.</summary>
    public readonly Signal Position = Input(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>The HBM pseudo-channels.</summary>
    public readonly AxiPort[] Channel = AxiPort.Array(configuration.Channels, configuration.Lanes);

    /// <summary>Super-beats; channel c is lanes c * lanes ...</summary>
    public readonly StreamOut<Signal> Beats = Out(Formats.Int8.Lanes(configuration.SuperBytes));

    /// <summary>KV writes.</summary>
    public readonly StreamIn<SuperWrite> Writes = In<SuperWrite>([UInt(AxiPort.AddressBits), Formats.Int8.Lanes(configuration.SuperBytes), Bit.Lanes(configuration.SuperBytes)]);

    /// <summary>Every write has been answered.</summary>
    public readonly Signal WritesIdle = Output(Bit);

    /// <summary>A write was answered with an error.</summary>
    public readonly Signal WriteFailed = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => $"DMA engines of {configuration.Channels} channels";

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        Instance(out var program, new AddressProgram(c));
        program.Start.Drive(Start);
        program.Position.Drive(Position);

        var readers = Instances(c.Channels, _ => new ReadEngine(c), "reader");
        var writers = Instances(c.Channels, _ => new WriteEngine(c), "writer");
        var runs = ((Stream<ReadRun>)program.Runs).Fork(c.Channels, "runs");
        var parts = ((Stream<SuperWrite>)Writes).Fork(c.Channels, "parts");
        for (var i = 0; i < c.Channels; i++)
        {
            readers[i].Runs.Drive(runs[i].Fifo(4, name: $"runs{i}_fifo"));
            Channel[i].Read.Drive(readers[i].Bursts);
            readers[i].Data.Drive(Channel[i].ReadData);
            var start = i * c.Lanes;
            writers[i].Requests.Drive(parts[i].Map(w => new WriteBeat(w.Address, w.Data.LaneSlice(start, c.Lanes), w.Strobe.LaneSlice(start, c.Lanes))));
            Channel[i].Write.Drive(writers[i].Writes);
            writers[i].Responses.Drive(Channel[i].WriteResponse);
        }

        Let(out var complete, readers.Select(r => r.Beats.Valid).Aggregate((a, b) => a & b));
        Beats.Valid.Drive(complete);
        Beats.Data.Drive(SignalLanes.JoinLanes([.. readers.Select(r => r.Beats.Data)]));
        foreach (var reader in readers)
        {
            reader.Beats.Ready.Drive(complete & Beats.Ready);
        }

        WritesIdle.Drive(writers.Select(w => w.Idle).Aggregate((a, b) => a & b));
        WriteFailed.Drive(writers.Select(w => w.Failed).Aggregate((a, b) => a | b));
    }
}
