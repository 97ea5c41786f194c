namespace LoopLynx.Hdl.Tests.Mistakes.HDL0004;

public sealed class NotARecord : Module
{
    public readonly StreamIn<string> Words = In<string>([UInt(8)]);

    protected override void Build() => Words.Ready.Drive(1);
}

public sealed class WrongTypeCount : Module
{
    public readonly StreamIn<Pair<Signal, Signal>> Pairs = In<Pair<Signal, Signal>>([UInt(8)]);

    protected override void Build() => Pairs.Ready.Drive(1);
}
