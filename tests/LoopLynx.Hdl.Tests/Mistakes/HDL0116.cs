namespace LoopLynx.Hdl.Tests.Mistakes.HDL0116;

public sealed class ConstantTooLarge : Module
{
    public readonly Signal A = Input(SInt(8));
    public readonly Signal Y = Output(SInt(9));

    protected override void Build() => Y.Drive(A + Const(SInt(8), 128));
}

public sealed class ResetTooLarge : Module
{
    public readonly Signal A = Input(UInt(4));
    public readonly Signal Y = Output(UInt(4));

    protected override void Build()
    {
        Register(out var count, UInt(4), reset: 16);
        Y.Drive(count ^ A);
    }
}

public sealed class LiteralTooLarge : Module
{
    public readonly Signal A = Input(Bit);
    public readonly Signal Y = Output(SInt(8));

    protected override void Build() => Y.Drive(200);
}
