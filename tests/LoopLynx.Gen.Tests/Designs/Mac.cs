using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Gen.Tests.Designs;

/// <summary>A small dot product with an accumulator: the module of the golden text.</summary>
internal sealed class Mac(int lanes) : Module
{
    public readonly Signal Valid = Input(Bit);
    public readonly Signal Last = Input(Bit);
    public readonly Signal Weights = Input(SInt(8).Lanes(lanes));
    public readonly Signal Activations = Input(SInt(8).Lanes(lanes));
    public readonly Signal Done = Output(Bit);
    public readonly Signal Sum = Output(SInt(24));

    public override string Summary => "accumulates one dot product per beat until the last beat of a row";

    protected override void Build()
    {
        Register(out var products, SInt(16).Lanes(lanes));
        products.Drive(Weights * Activations);
        Let(out var dot, products.SumLanes());
        Register(out var acc, SInt(24), 0);
        Register(out var done, Bit, 0);
        done.Drive(0);
        When(Valid, () =>
        {
            acc.Drive((acc + dot).Truncate(24));
            When(Last, () => done.Drive(1));
        }).ElseWhen(Last, () => acc.Drive(0));
        Done.Drive(done);
        Sum.Drive(acc);
    }
}
