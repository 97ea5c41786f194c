namespace LoopLynx.Hdl.Tests.Mistakes.HDL0126;

public sealed class WideWeights : Module
{
    public readonly Signal Valid = Input(Bit);
    public readonly Signal Weights = Input(SInt(8) * 4);
    public readonly Signal Activations = Input(SInt(16) * 4);
    public readonly Signal Sum = Output(SInt(26));

    protected override void Build()
    {
        Instance(out var pair, new DotProductPair(4, SInt(8), SInt(16)));
        pair.Valid.Drive(Valid);
        pair.A[0].Drive(Weights);
        pair.A[1].Drive(Weights);
        pair.B.Drive(Activations);
        Sum.Drive(pair.Sum[0]);
    }
}
