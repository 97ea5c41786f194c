namespace LoopLynx.Hdl.Tests.Mistakes.HDL0106;

public sealed class SignedAmount : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal B = Input(SInt(4));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build() => Y.Drive(A.ShiftRight(B));
}

public sealed class NegativeAmount : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build() => Y.Drive(A >> -1);
}
