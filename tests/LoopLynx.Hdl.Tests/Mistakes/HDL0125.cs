namespace LoopLynx.Hdl.Tests.Mistakes.HDL0125;

public sealed class Enabled : Module
{
    public readonly StreamIn<Signal> Words = In(UInt(8));
    public readonly StreamOut<Signal> Results = Out(UInt(8));

    protected override void Build() => Results.Drive(Words.Pipeline(word => word.Registered(word[0], "odd")));
}

public sealed class HalfAssigned : Module
{
    public readonly StreamIn<Signal> Words = In(UInt(8));
    public readonly StreamOut<Signal> Results = Out(UInt(8));

    protected override void Build()
    {
        Results.Drive(Words.Pipeline(word =>
        {
            Register(out var odd, UInt(8));
            When(word[0], () => odd.Drive(word));
            return odd;
        }));
    }
}
