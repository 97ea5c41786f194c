namespace LoopLynx.Hdl.Tests.Mistakes.HDL0124;

public sealed class StatedWrongly : Module
{
    public readonly StreamIn<Signal> Words = In(UInt(8));
    public readonly StreamOut<Signal> Squares = Out(UInt(16));

    protected override void Build() => Squares.Drive(Words.Pipeline(1, word => (word.Registered() * word).Registered()));
}

public sealed class BranchesOfAWhen : Module
{
    public readonly StreamIn<Signal> Words = In(UInt(8));
    public readonly StreamOut<Signal> Results = Out(UInt(16));

    protected override void Build()
    {
        Results.Drive(Words.Pipeline(word =>
        {
            var square = (word * word).Registered(name: "square");
            Wire(out var result, UInt(16));
            result.Drive(word);
            When(square[0], () => result.Drive(square));
            return result.Registered();
        }));
    }
}

public sealed class TwoPlaces : Module
{
    public readonly StreamIn<Signal> Words = In(UInt(8));
    public readonly Signal Row = Input(UInt(8));
    public readonly StreamOut<Signal> Sums = Out(UInt(9));

    protected override void Build()
    {
        Sums.Drive(Words.Pipeline(word =>
        {
            var first = (word + At(1, Row)).Registered();
            return Mux(first[0], first, At(2, Row));
        }));
    }
}
