namespace LoopLynx.Hdl.Tests.Mistakes.HDL0213;

public sealed class Doubler : Module
{
    public readonly StreamIn<Signal> Numbers = In(UInt(8));
    public readonly StreamOut<Signal> Doubles = Out(UInt(9));

    protected override void Build() => Doubles.Drive(Numbers.Map(n => n + n));
}

public sealed class Keeper : Module
{
    public readonly StreamIn<Signal> Numbers = In(UInt(9));
    public readonly StreamOut<Signal> Kept = Out(UInt(9));

    protected override void Build() => Kept.Drive(Numbers.Isolate());
}

public sealed class Chain : Module
{
    public readonly StreamIn<Signal> Numbers = In(UInt(8));
    public readonly StreamOut<Signal> Doubles = Out(UInt(9));

    protected override void Build()
    {
        Instance(out Doubler doubler, new Doubler());
        Instance(out Keeper keeper, new Keeper());
        doubler.Numbers.Drive(Numbers);
        keeper.Numbers.Drive(doubler.Doubles);
        Doubles.Drive(keeper.Kept);
    }

    public static void Provoke() => Elaborator.Elaborate(new Chain(), new ElaborationOptions { RegisteredDepth = 1 });
}
