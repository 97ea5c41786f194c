namespace LoopLynx.Hdl.Tests.Mistakes.HDL0123;

public sealed class FromOutside : Module
{
    public readonly StreamIn<Signal> Words = In(UInt(8));
    public readonly Signal Gain = Input(UInt(8));
    public readonly StreamOut<Signal> Products = Out(UInt(16));

    protected override void Build()
    {
        Products.Drive(Words.Pipeline(word =>
        {
            var doubled = word.Registered();
            return (doubled * Gain).Registered();
        }));
    }
}

public sealed class ReadBesideThePipeline : Module
{
    public readonly StreamIn<Signal> Addresses = In(UInt(4));
    public readonly StreamOut<Signal> Rows = Out(UInt(8));

    protected override void Build()
    {
        Memory(out var table, UInt(8), 16);
        table.Write(0, 1);
        var row = table.ReadSync(Addresses.Data, name: "row");
        Rows.Drive(Addresses.Pipeline(address => address.Registered() + row, "rows").Map(sum => sum.Truncate(8)));
    }
}

public sealed class SumOfAllBeats : Module
{
    public readonly StreamIn<Signal> Words = In(UInt(8));
    public readonly StreamOut<Signal> Sums = Out(UInt(8));

    protected override void Build()
    {
        Sums.Drive(Words.Pipeline(word =>
        {
            Register(out var sum, UInt(8), reset: 0);
            sum.Drive(sum.WrapAdd(word));
            return sum;
        }));
    }
}

public sealed class NoPipeline : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build() => Y.Drive(Held(A));
}
