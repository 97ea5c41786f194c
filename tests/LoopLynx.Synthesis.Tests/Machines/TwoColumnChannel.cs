using LoopLynx.Accelerator;
using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Synthesis.Tests.Machines;

/// <summary>A channel of <see cref="TwoColumnMachine"/>: products of a byte and two bytes, a sum per column.</summary>
internal sealed class TwoColumnChannel(NodeConfiguration configuration) : Module
{
    public readonly Signal Valid = Input(Bit);
    public readonly Signal Activations = Input(configuration.Types.Activation.Lanes(configuration.SliceLanes));
    public readonly Signal Weights = Input(SInt(8).Lanes(configuration.SliceLanes));
    public readonly Signal Sum = Output(SInt(configuration.AccumulatorBits));
    public readonly Signal Done = Output(Bit);

    protected override void Build()
    {
        var c = configuration;
        Instance(out var products, new DotProduct(c.SliceLanes, c.Types.Activation, SInt(8)));
        products.Valid.Drive(Valid);
        products.A.Drive(Activations);
        products.B.Drive(Weights);

        // The first beats of all columns restart their sums, the last ones complete them.
        Counter(out var beat, TwoColumnMachine.Columns * TwoColumnMachine.RowBeats);
        When(products.Done, () => beat.Step());
        Let(out var first, beat.Value < TwoColumnMachine.Columns);
        Let(out var last, beat.Value >= TwoColumnMachine.Columns * (TwoColumnMachine.RowBeats - 1));
        Sum.Drive(new PartialSums(SInt(c.AccumulatorBits), TwoColumnMachine.Columns).Add(products.Done, first, products.Sum, "sum"));
        Done.Drive((products.Done & last).RegisteredReset(0));
    }
}
