namespace LoopLynx.Accelerator.Tests.Attention;

/// <summary>The attention kernel with the head buffer that it reads.</summary>
internal sealed class AttentionBoard(NodeConfiguration configuration) : Module
{
    public readonly Signal Restart = Input(Bit);
    public readonly StreamIn<Signal> Results = In(SInt(8).Lanes(configuration.Channels));
    public readonly StreamIn<Signal> Constants = In(SInt(8).Lanes(configuration.SuperBytes));
    public readonly Signal Start = Input(Bit);
    public readonly Signal Position = Input(UInt(Sizes.AddressBits(configuration.Context)));
    public readonly StreamIn<Signal> Beats = In(SInt(8).Lanes(configuration.SuperBytes));
    public readonly StreamOut<Signal> Context = Out(SInt(8).Lanes(configuration.Channels));

    protected override void Build()
    {
        Instance(out var heads, new HeadBuffer(configuration));
        Instance(out var kernel, new AttentionKernel(configuration));
        heads.Restart.Drive(Restart);
        heads.Results.Drive(Results);
        heads.QueryAddress.Drive(kernel.QueryAddress);
        heads.CurrentAddress.Drive(kernel.CurrentAddress);
        heads.WriterAddress.Drive(0);
        kernel.QueryRow.Drive(heads.QueryRow);
        kernel.CurrentRow.Drive(heads.CurrentRow);
        kernel.Constants.Drive(Constants);
        kernel.RestartConstants.Drive(Restart);
        kernel.Start.Drive(Start);
        kernel.Position.Drive(Position);
        kernel.Beats.Drive(Beats);
        Context.Drive(kernel.Context);
    }
}
