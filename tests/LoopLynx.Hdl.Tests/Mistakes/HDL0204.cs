namespace LoopLynx.Hdl.Tests.Mistakes.HDL0204;

public sealed class Latch : Module
{
    public readonly Signal A = Input(Bit);
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        When(A, () => Y.Drive(1));
    }
}
