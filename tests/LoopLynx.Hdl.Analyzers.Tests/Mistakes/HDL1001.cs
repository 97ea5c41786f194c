public sealed class Select : Module
{
    public readonly Signal Enable = Input(Bit);
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));
    public readonly Signal Z = Output(UInt(8));

    protected override void Build()
    {
        if (Enable && A != 0)
        {
            Y.Drive(A);
        }
        else
        {
            Y.Drive(1);
        }

        Z.Drive(Enable ? A : 0);
    }
}
