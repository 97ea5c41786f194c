public sealed class Taps : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        var value = A;
        for (var i = 0; i < 4; i++)
        {
            Register(out var tap, UInt(8), reset: 0);
            tap.Drive(value);
            value = tap;
        }

        Y.Drive(value);
    }
}
