namespace LoopLynx.Hdl.Tests.Coverage;

/// <summary>What a tank does.</summary>
internal enum Step
{
    Idle,
    Fill,
    Drain,
}

/// <summary>Every kind of point. The comments at the ends of lines are how the tests find them.</summary>
internal sealed class Tank(int width, bool broken = false) : Module
{
    public readonly Signal Enable = Input(Bit); // enable port
    public readonly Signal Data = Input(UInt(width)); // data port
    public readonly Signal Level = Output(UInt(width)); // level port
    public readonly Signal Rows = Output(UInt(4) * 100); // rows port

    protected override void Build()
    {
        Fsm<Step>(out var step); // step
        Register(out var level, UInt(width), reset: 0); // level
        Memory(out var log, UInt(width), depth: 4);
        Switch(step.State, s => // switch
        {
            s.Case(Step.Idle, () => When(Enable, () => // idle
                step.Go(Step.Fill))); // to fill
            s.Case(Step.Fill, () =>
            {
                level.Drive(Data); // fill
                When(broken ? Enable & (Data == 0) & (Data == 1) : Data == 0, () => // empty
                {
                    step.Go(Step.Drain); // to drain
                    log.Write(Data.Truncate(2), Data); // log
                }).Else(() => level.Drive(Mux(Data[0], Data, level))); // odd
            });
            s.Case(Step.Drain, () => step.Go(Step.Idle)); // drain
        });
        Cover(level == 3, "three < four"); // cover
        Level.Drive(level); // output
        Rows.Drive(Mux(level.Truncate(1) == 0, Const(UInt(4) * 100, [.. Enumerable.Range(0, 100).Select(i => (System.Numerics.BigInteger)(i == 99 ? 8 : 0))]), Const(UInt(4) * 100, 1))); // rows
    }
}
