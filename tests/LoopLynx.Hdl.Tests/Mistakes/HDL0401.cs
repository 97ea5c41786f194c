namespace LoopLynx.Hdl.Tests.Mistakes.HDL0401;

public sealed class Inverter : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    public static void Provoke()
    {
        var design = Elaborator.Elaborate(new Inverter());
        design.Top.Port("B");
    }

    protected override void Build() => Y.Drive(~A);
}
