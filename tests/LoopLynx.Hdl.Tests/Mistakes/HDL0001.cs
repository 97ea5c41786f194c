namespace LoopLynx.Hdl.Tests.Mistakes.HDL0001;

public sealed class NoLanes : Module
{
    public readonly Signal A = Input(UInt(8) * 0);
    public readonly Signal Y = Output(UInt(8));

    protected override void Build() => Y.Drive(A);
}
