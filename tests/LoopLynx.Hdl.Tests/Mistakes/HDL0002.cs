namespace LoopLynx.Hdl.Tests.Mistakes.HDL0002;

public sealed class OutsideBuild : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));
    private readonly Signal _inverted;

    public OutsideBuild() => _inverted = ~A;

    protected override void Build() => Y.Drive(_inverted);
}
