namespace LoopLynx.Hdl.Tests.Mistakes.HDL0502;

public sealed class Handshake(bool answers) : PortBundle
{
    public readonly Signal Start = Input(Bit);
    public readonly Signal? Done = answers ? Output(Bit) : null;
}

public sealed class Kernel(bool answers = true) : Module
{
    public readonly Handshake Control = new(answers);

    protected override void Build() => Control.Done?.Drive(Control.Start);
}

public sealed class TwoOfOneSide : Module
{
    protected override void Build()
    {
        Instance(out var first, new Kernel());
        Instance(out var second, new Kernel());
        first.Control.Connect(second.Control);
    }
}

public sealed class OneAnswersNot : Module
{
    public readonly Handshake Control = new(answers: true);

    protected override void Build()
    {
        Instance(out var kernel, new Kernel(answers: false));
        Control.Connect(kernel.Control);
    }
}

public sealed class FlippedTooLate : Module
{
    public readonly Handshake Control = new(answers: true);

    protected override void Build() => Control.Flip();
}
