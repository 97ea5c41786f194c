namespace LoopLynx.Hdl.Tests.Mistakes.HDL0121;

public sealed class FarElse : Module
{
    public readonly Signal A = Input(Bit);
    public readonly Signal B = Input(Bit);
    public readonly Signal Y = Output(UInt(2));

    protected override void Build()
    {
        Y.Drive(0);
        var chain = When(A, () => Y.Drive(1));
        When(B, () => chain.Else(() => Y.Drive(2)));
    }
}
