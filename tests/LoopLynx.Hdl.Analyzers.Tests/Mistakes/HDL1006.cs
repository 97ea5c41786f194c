public sealed class Limits : Module
{
    public readonly Signal Y = Output(UInt(8));
    public readonly Signal Z = Output(SInt(4));

    protected override void Build()
    {
        Register(out var count, UInt(4), reset: 16);
        count.Drive(count.WrapAdd(1));
        Y.Drive(300);
        Z.Drive(Mux(count == 3, Const(SInt(4), 8), Const(SInt(4), -8)));
    }
}
