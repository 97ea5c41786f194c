public sealed class Delay : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));
    public readonly StreamIn<Signal> Words = In(UInt(8));
    public readonly StreamOut<Signal> Copies = Out(UInt(8));

    protected override void Build()
    {
        A.Registered();
        Y.Drive(A);
        Words.Stage();
        Copies.Drive(Words);
    }
}
