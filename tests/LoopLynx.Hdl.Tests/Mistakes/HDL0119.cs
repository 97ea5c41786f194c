namespace LoopLynx.Hdl.Tests.Mistakes.HDL0119;

public sealed class PlacedTwice : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        var delay = new Delay();
        Instance(delay, "first").A.Drive(A);
        Instance(delay, "second").A.Drive(A);
        Y.Drive(delay.Y);
    }
}

public sealed class Delay : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build() => Y.Drive(A.Registered());
}
