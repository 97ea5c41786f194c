namespace LoopLynx.Hdl.Tests.Mistakes.HDL0003;

public sealed class NoBits : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        Register(out var empty, UInt(0), reset: 0);
        Y.Drive(A ^ empty);
    }
}
