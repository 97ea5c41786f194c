namespace LoopLynx.Hdl.Tests.Mistakes.HDL0120;

public sealed class Endless : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        Instance(out Endless half, new Endless());
        half.A.Drive(A);
        Y.Drive(half.Y);
    }
}
