namespace LoopLynx.Hdl.Tests.Mistakes.HDL0102;

public sealed class ProductTooWide : Module
{
    public readonly Signal A = Input(SInt(8));
    public readonly Signal Y = Output(SInt(8));

    protected override void Build() => Y.Drive(A * A);
}

public sealed class LanesDiffer : Module
{
    public readonly Signal A = Input(UInt(8) * 4);
    public readonly Signal B = Input(UInt(8) * 3);
    public readonly Signal Y = Output(UInt(9) * 4);

    protected override void Build() => Y.Drive(A + B);
}

public sealed class TargetLanes : Module
{
    public readonly Signal A = Input(UInt(8) * 4);
    public readonly Signal Y = Output(UInt(8) * 2);

    protected override void Build() => Y.Drive(A);
}

public sealed class SelectorLanes : Module
{
    public readonly Signal A = Input(UInt(8) * 4);
    public readonly Signal B = Input(Bit * 2);
    public readonly Signal Y = Output(UInt(8) * 4);

    protected override void Build() => Y.Drive(Mux(B, A, 0));
}

public sealed class AmountLanes : Module
{
    public readonly Signal A = Input(UInt(8) * 4);
    public readonly Signal B = Input(UInt(3) * 2);
    public readonly Signal Y = Output(UInt(8) * 4);

    protected override void Build() => Y.Drive(A.ShiftRight(B));
}
