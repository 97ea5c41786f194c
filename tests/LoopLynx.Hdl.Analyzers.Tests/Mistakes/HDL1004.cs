public sealed class Inverter : Module
{
    private readonly Signal A = Input(UInt(8));
    public Signal Y = Output(UInt(8));

    protected override void Build() => Y.Drive(~A);
}
