namespace LoopLynx.Hdl.Tests.Mistakes.HDL0201;

public sealed class Undriven : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));
    public readonly Signal Z = Output(UInt(8));

    protected override void Build() => Y.Drive(A);
}

public sealed class UndrivenChild : Module
{
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        Instance(out Inverter inverter, new Inverter());
        Y.Drive(inverter.Y);
    }
}

public sealed class Inverter : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build() => Y.Drive(~A);
}
