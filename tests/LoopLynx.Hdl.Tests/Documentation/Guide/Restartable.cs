namespace LoopLynx.Hdl.Tests.Documentation.Guide;

public sealed class Restartable : Module
{
    public readonly Signal Restart = Input(Bit);
    public readonly Signal Ticks = Output(UInt(8));

    protected override void Build()
    {
        Register(out var restarts, Bit, reset: 1);
        restarts.Drive(Restart);
        Instance(out var watch, new StopWatch()).ResetBy(restarts);
        Ticks.Drive(watch.Ticks);
    }
}

public sealed class StopWatch : Module
{
    public readonly Signal Ticks = Output(UInt(8));

    protected override void Build()
    {
        Register(out var ticks, UInt(8), reset: 0);
        ticks.Drive(ticks.WrapAdd(1));
        Ticks.Drive(ticks);
    }
}
