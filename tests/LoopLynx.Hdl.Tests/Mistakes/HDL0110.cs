namespace LoopLynx.Hdl.Tests.Mistakes.HDL0110;

public sealed class UnevenGroups : Module
{
    public readonly Signal A = Input(UInt(8) * 8);
    public readonly Signal Y = Output(UInt(10));

    protected override void Build() => Y.Drive(A.SumLanes(3).Lane(0));
}

public sealed class PipelineOfThree : Module
{
    public readonly Signal A = Input(UInt(8) * 6);
    public readonly Signal Y = Output(UInt(10) * 2);

    protected override void Build() => Y.Drive(A.SumPipelined(3));
}
