namespace LoopLynx.Hdl.Tests.Mistakes.HDL0203;

public sealed class Loop : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        Wire(out var next, UInt(8));
        Let(out var sum, next.WrapAdd(A));
        next.Drive(sum ^ 1);
        Y.Drive(next);
    }
}
