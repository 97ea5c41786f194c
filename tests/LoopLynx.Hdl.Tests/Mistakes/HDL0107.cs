namespace LoopLynx.Hdl.Tests.Mistakes.HDL0107;

public sealed class PastTheEnd : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(4));

    protected override void Build() => Y.Drive(A.Slice(6, 4));
}
