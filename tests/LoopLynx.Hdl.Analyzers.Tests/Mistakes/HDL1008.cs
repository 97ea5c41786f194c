public sealed class Unary(Func<Signal, Signal> function) : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build() => Y.Drive(function(A));
}
