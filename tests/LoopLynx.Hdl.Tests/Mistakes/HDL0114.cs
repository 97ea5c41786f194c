namespace LoopLynx.Hdl.Tests.Mistakes.HDL0114;

public sealed class LanesInCat : Module
{
    public readonly Signal A = Input(UInt(8) * 2);
    public readonly Signal Y = Output(UInt(16));

    protected override void Build() => Y.Drive(Cat(A, A));
}

public sealed class NothingToCat : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build() => Y.Drive(Cat([]));
}
