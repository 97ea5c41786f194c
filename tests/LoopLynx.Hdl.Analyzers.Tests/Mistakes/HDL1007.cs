public sealed class Bits : Module
{
    public readonly Signal A = Input(UInt(4));
    public readonly Signal Y = Output(UInt(4));

    protected override void Build()
    {
        var bits = new List<Func<Signal>>();
        for (var i = 0; i < 4; i++)
        {
            bits.Add(() => A[i]);
        }

        Y.Drive(Cat([.. bits.Select(bit => bit())]));
    }
}
