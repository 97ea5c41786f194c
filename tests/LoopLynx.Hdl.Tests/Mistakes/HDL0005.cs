namespace LoopLynx.Hdl.Tests.Mistakes.HDL0005;

public sealed record Place(Signal Row, Signal Column);

public sealed class SwappedTypes : Module
{
    public readonly StreamIn<Place> From = In(new Place(Row: UInt(10), Column: UInt(6)));
    public readonly StreamOut<Place> To = Out(new Place(Row: UInt(6), Column: UInt(10)));

    protected override void Build() => To.Drive(From.Stage());
}

public sealed class LanesMissing : Module
{
    public readonly StreamIn<Place> From = In(new Place(UInt(4), UInt(8)));
    public readonly StreamOut<Place> To = Out(new Place(UInt(4), UInt(8) * 2));

    protected override void Build() => To.Drive(From);
}

public sealed class TypeForAValue : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(9));

    protected override void Build() => Y.Drive(A + UInt(8));
}
