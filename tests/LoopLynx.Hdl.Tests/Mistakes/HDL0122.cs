namespace LoopLynx.Hdl.Tests.Mistakes.HDL0122;

public enum Phase
{
    Idle = 1,
    Busy = 2,
}

public sealed class OddStates : Module
{
    public readonly Signal Busy = Output(Bit);

    protected override void Build()
    {
        Fsm<Phase>(out var phase);
        Busy.Drive(phase.Is(Phase.Busy));
    }
}
