namespace LoopLynx.Hdl.Tests.Mistakes.HDL0202;

public sealed class DrivenTwice : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        Y.Drive(A);
        Y.Drive(~A);
    }
}
