namespace LoopLynx.Hdl.Tests.Mistakes.HDL0109;

public sealed class WideSelector : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build() => Y.Drive(Mux(A, A, 0));
}

public sealed class WideCondition : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        Y.Drive(0);
        When(A, () => Y.Drive(1));
    }
}

public sealed class SwitchOnLanes : Module
{
    public readonly Signal A = Input(UInt(8) * 2);
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        Y.Drive(0);
        Switch(A, s => s.Case(1, () => Y.Drive(1)));
    }
}
