namespace LoopLynx.Hdl.Tests.Mistakes.HDL0205;

public sealed class NoConsumer : Module
{
    public readonly StreamIn<Signal> Words = In(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build() => Y.Drive(Words.Data);
}
