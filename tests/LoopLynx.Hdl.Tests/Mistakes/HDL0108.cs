namespace LoopLynx.Hdl.Tests.Mistakes.HDL0108;

public sealed class ExtendToLess : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build() => Y.Drive(A.Extend(4));
}

public sealed class TruncateToMore : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(12));

    protected override void Build() => Y.Drive(A.Truncate(12));
}

public sealed class ShiftToNothing : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal B = Input(UInt(3));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build() => Y.Drive(A.ShiftLeft(B, 0));
}
