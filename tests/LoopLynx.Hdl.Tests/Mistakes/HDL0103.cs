namespace LoopLynx.Hdl.Tests.Mistakes.HDL0103;

public sealed class Outer : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        Instance(out Inner inner, new Inner(this));
        Y.Drive(inner.Y);
    }
}

public sealed class Inner(Outer outer) : Module
{
    public readonly Signal Y = Output(UInt(8));

    protected override void Build() => Y.Drive(outer.A);
}

public sealed class Leaking : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        Let(out var inverted, ~A);
        Instance(out User user, new User(inverted));
        Y.Drive(user.Y);
    }
}

public sealed class User(Signal value) : Module
{
    public readonly Signal Y = Output(UInt(8));

    protected override void Build() => Y.Drive(value);
}
