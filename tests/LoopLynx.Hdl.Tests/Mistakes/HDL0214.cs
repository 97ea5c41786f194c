namespace LoopLynx.Hdl.Tests.Mistakes.HDL0214;

public sealed class Timer : Module
{
    public readonly Signal Count = Output(UInt(8));

    protected override void Build()
    {
        Register(out var count, UInt(8), reset: 0);
        count.Drive(count.WrapAdd(1));
        Count.Drive(count);
    }
}

public sealed class Restarted : Module
{
    public readonly Signal Restart = Input(Bit);
    public readonly Signal Count = Output(UInt(8));

    protected override void Build()
    {
        Register(out var restart, Bit, reset: 0);
        restart.Drive(Restart);
        Instance(out var timer, new Timer()).ResetBy(restart);
        Count.Drive(timer.Count);
    }

    public static void Provoke() => Elaborator.Elaborate(new Restarted());
}
