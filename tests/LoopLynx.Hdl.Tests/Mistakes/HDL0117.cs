namespace LoopLynx.Hdl.Tests.Mistakes.HDL0117;

public sealed class CaseTwice : Module
{
    public readonly Signal A = Input(UInt(2));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        Y.Drive(0);
        Switch(A, s =>
        {
            s.Case(1, () => Y.Drive(1));
            s.Case([1, 4], () => Y.Drive(2));
        });
    }
}

public sealed class TwoDefaults : Module
{
    public readonly Signal A = Input(UInt(2));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        Switch(A, s =>
        {
            s.Default(() => Y.Drive(1));
            s.Default(() => Y.Drive(2));
        });
    }
}
