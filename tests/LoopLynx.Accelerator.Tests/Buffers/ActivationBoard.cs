using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Buffers;

/// <summary>The activation memory with a step's first row beside it: each stream fills a vector of its own.</summary>
internal sealed class ActivationBoard(NodeConfiguration configuration) : Module
{
    public readonly StreamIn<ActivationWrite> Vector = In(ActivationWrite.Shape(configuration));
    public readonly StreamIn<ActivationWrite> Hidden = In(ActivationWrite.Shape(configuration));
    public readonly Signal Address = Input(UInt(Sizes.AddressBits(ActivationBuffer.Rows(configuration))));
    public readonly Signal Row = Output(SInt(8).Lanes(configuration.SliceLanes));

    protected override void Build()
    {
        Instance(out var activations, new ActivationBuffer(configuration));
        activations.FirstRow.Drive(Mux(Vector.Valid, 0, Const(activations.FirstRow.Type, ActivationRows.Hidden(configuration))));
        activations.Vector.Drive(Vector);
        activations.Hidden.Drive(Hidden);
        activations.Reader.Address.Drive(Address);
        Row.Drive(activations.Reader.Row);
    }
}
