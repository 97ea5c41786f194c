namespace LoopLynx.Hdl.Tests.Mistakes.HDL0206;

public sealed class NeverRead : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        Register(out var spare, UInt(8));
        spare.Drive(A);
        Y.Drive(A);
    }
}
