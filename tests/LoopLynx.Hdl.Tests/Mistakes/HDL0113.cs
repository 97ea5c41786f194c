namespace LoopLynx.Hdl.Tests.Mistakes.HDL0113;

public sealed class RunDoesNotDivide : Module
{
    public readonly Signal A = Input(UInt(8) * 8);
    public readonly Signal B = Input(UInt(3));
    public readonly Signal Y = Output(UInt(8) * 3);

    protected override void Build() => Y.Drive(A.SelectLanes(B, 3));
}

public sealed class UnevenNarrow : Module
{
    public readonly StreamIn<Signal> Wide = In(UInt(8) * 4);
    public readonly StreamOut<Signal> Thin = Out(UInt(8) * 4);

    protected override void Build() => Thin.Drive(Wide.Narrow(3));
}
