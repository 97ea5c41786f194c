namespace LoopLynx.Hdl.Tests.Mistakes.HDL0104;

public sealed class DrivenInput : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        A.Drive(3);
        Y.Drive(A);
    }
}

public sealed class DrivenValue : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(9));

    protected override void Build()
    {
        (A + 1).Drive(3);
        Y.Drive(A);
    }
}

public sealed class LostBytes : Module
{
    public readonly AxiStream SAxis = AxiStream.Subordinate(new(UInt(16)) { HasKeep = true });
    public readonly AxiStream MAxis = AxiStream.Manager(new(UInt(16)));

    protected override void Build() => MAxis.Drive(SAxis);
}
