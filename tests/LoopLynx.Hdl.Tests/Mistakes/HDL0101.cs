namespace LoopLynx.Hdl.Tests.Mistakes.HDL0101;

public sealed class MixedOperands : Module
{
    public readonly Signal A = Input(SInt(8));
    public readonly Signal B = Input(UInt(8));
    public readonly Signal Y = Output(SInt(9));

    protected override void Build() => Y.Drive(A + B);
}

public sealed class MixedDrive : Module
{
    public readonly Signal A = Input(UInt(4));
    public readonly Signal Y = Output(SInt(8));

    protected override void Build() => Y.Drive(A);
}
