namespace LoopLynx.Hdl.Tests.Mistakes.HDL0112;

public sealed class DifferentLanes : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8) * 2);

    protected override void Build() => Y.Drive(SignalLanes.JoinLanes(A, A.Truncate(4)));
}

public sealed class NothingToJoin : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build() => Y.Drive(SignalLanes.JoinLanes([]));
}
