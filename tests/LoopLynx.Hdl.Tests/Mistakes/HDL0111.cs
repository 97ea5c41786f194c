namespace LoopLynx.Hdl.Tests.Mistakes.HDL0111;

public sealed class NoSuchLane : Module
{
    public readonly Signal A = Input(UInt(8) * 4);
    public readonly Signal Y = Output(UInt(8));

    protected override void Build() => Y.Drive(A.Lane(4));
}
