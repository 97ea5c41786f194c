namespace LoopLynx.Accelerator.Tests.Dma;

/// <summary>A read engine whose beats leave as a stream, for one target.</summary>
internal sealed class ReadBoard(NodeConfiguration configuration) : Module
{
    public readonly StreamIn<ReadRun> Runs = In<ReadRun>(ReadRun.Types);
    public readonly Axi4 MAxi = Axi4.Manager(MemoryPort.Format(configuration) with { HasWrites = false });
    public readonly StreamOut<Signal> Beats = Out(configuration.Types.MemoryByte.Lanes(configuration.SliceLanes));
    public readonly Signal Failed = Output(Bit);

    protected override void Build()
    {
        Instance(out var engine, new ReadEngine(configuration, targets: 1));
        engine.Runs.Drive(Runs);
        MAxi.DriveReads(engine.MAxi);
        engine.Complete.Drive(engine.Valid);
        engine.Ready.Drive(Beats.Ready);
        Beats.Valid.Drive(engine.Valid);
        Beats.Data.Drive(engine.Beat);
        Failed.Drive(engine.Failed);
    }
}
