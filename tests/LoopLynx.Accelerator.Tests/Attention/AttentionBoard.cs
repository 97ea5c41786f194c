namespace LoopLynx.Accelerator.Tests.Attention;

/// <summary>
/// The attention kernel with the head buffer that it reads. Where K and V share the channels, their rows come as one stream, dealt by the kernel's own word on what is next.
/// </summary>
internal sealed class AttentionBoard(NodeConfiguration configuration) : Module
{
    public readonly Signal Restart = Input(Bit);
    public readonly StreamIn<Signal> Results = In(SInt(8).Lanes(configuration.PacketLanes));
    public readonly StreamIn<Signal> Constants = In(SInt(8).Lanes(configuration.SuperBytes));
    public readonly Signal Start = Input(Bit);
    public readonly Signal Position = Input(UInt(Sizes.AddressBits(configuration.Context)));
    public readonly StreamIn<Signal>? Rows = configuration.SplitKv ? null : In(SInt(8).Lanes(configuration.KvBytes), "Rows");
    public readonly StreamIn<Signal>? Keys = configuration.SplitKv ? In(SInt(8).Lanes(configuration.KvBytes), "Keys") : null;
    public readonly StreamIn<Signal>? Values = configuration.SplitKv ? In(SInt(8).Lanes(configuration.KvBytes), "Values") : null;
    public readonly StreamOut<Signal> Context = Out(SInt(8).Lanes(configuration.PacketLanes));

    protected override void Build()
    {
        Instance(out var heads, new HeadBuffer(configuration));
        Instance(out var kernel, new AttentionKernel(configuration));
        heads.Restart.Drive(Restart);
        heads.Results.Drive(Results);
        kernel.Query.Connect(heads.Query);
        kernel.Key.Connect(heads.Key);
        kernel.Value.Connect(heads.Value);
        heads.Writer.Address.Drive(0);
        kernel.Constants.Drive(Constants);
        kernel.RestartConstants.Drive(Restart);
        kernel.Start.Drive(Start);
        kernel.Position.Drive(Position);
        foreach (var (port, rows) in kernel.Rows.Zip(Rows is null ? [Keys!, Values!] : new[] { Rows }))
        {
            port.Drive(rows);
        }

        Context.Drive(kernel.Context);
    }
}
