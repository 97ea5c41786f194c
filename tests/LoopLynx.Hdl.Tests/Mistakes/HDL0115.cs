namespace LoopLynx.Hdl.Tests.Mistakes.HDL0115;

public sealed class OtherBitCount : Module
{
    public readonly Signal A = Input(UInt(8) * 4);
    public readonly Signal Y = Output(UInt(5) * 6);

    protected override void Build() => Y.Drive(A.AsLanes(UInt(5) * 6));
}
