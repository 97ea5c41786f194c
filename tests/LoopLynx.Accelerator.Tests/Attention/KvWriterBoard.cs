namespace LoopLynx.Accelerator.Tests.Attention;

/// <summary>The KV writer with the head buffer that it reads.</summary>
internal sealed class KvWriterBoard(NodeConfiguration configuration) : Module
{
    public readonly Signal Restart = Input(Bit);
    public readonly StreamIn<Signal> Results = In(SInt(8).Lanes(configuration.PacketLanes));
    public readonly Signal StartToken = Input(Bit);
    public readonly Signal StartLayer = Input(Bit);
    public readonly Signal Position = Input(UInt(Sizes.AddressBits(configuration.Context)));
    public readonly StreamOut<KvWrite> Writes = Out(KvWrite.Shape(configuration, configuration.SuperBytes));
    public readonly Signal Busy = Output(Bit);

    protected override void Build()
    {
        Instance(out var heads, new HeadBuffer(configuration));
        Instance(out var writer, new KvWriter(configuration));
        heads.Restart.Drive(Restart);
        heads.Results.Drive(Results);
        heads.Query.Address.Drive(0);
        heads.Key.Address.Drive(0);
        heads.Value.Address.Drive(0);
        heads.Writer.Address.Drive(writer.Address);
        writer.Row.Drive(heads.Writer.Row);
        writer.StartToken.Drive(StartToken);
        writer.StartLayer.Drive(StartLayer);
        writer.Position.Drive(Position);
        Writes.Drive(writer.Writes);
        Busy.Drive(writer.Busy);
    }
}
