public sealed class Optional(bool gated) : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        Signal? gate = gated ? A[7] : null;
        if (gate == null)
        {
            Y.Drive(A);
        }
        else
        {
            Y.Drive(Mux(gate, A, 0));
        }
    }
}
