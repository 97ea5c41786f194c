namespace LoopLynx.Accelerator.Tests.MatrixProcessing;

/// <summary>The way of a linear layer: activation buffer, matrix processor, requantisation to 24 bits.</summary>
internal sealed class MatrixBoard(NodeConfiguration configuration) : Module
{
    public readonly StreamIn<ActivationWrite> Vector = In(ActivationWrite.Shape(configuration));
    public readonly StreamIn<ActivationWrite> Hidden = In(ActivationWrite.Shape(configuration));
    public readonly StreamIn<MatrixCommand> Command = In(MatrixCommand.Shape(configuration));
    public readonly StreamIn<Signal> Beats = In(SInt(8).Lanes(configuration.SuperBytes));
    public readonly StreamOut<Signal> Results = Out(SInt(24).Lanes(configuration.PacketLanes));

    protected override void Build()
    {
        Instance(out var activations, new ActivationBuffer(configuration));
        Instance(out var processor, new MatrixProcessor(configuration));
        Instance(out var requantise, new RequantiseUnit(configuration.PacketLanes));
        activations.Vector.Drive(Vector);
        activations.Hidden.Drive(Hidden);
        activations.Address.Drive(processor.ActivationAddress);
        processor.ActivationRow.Drive(activations.Row);
        processor.Command.Drive(Command);
        processor.Beats.Drive(Beats);
        requantise.Input.Drive(processor.Rows.Map(r =>
            new RequantiseInput(r.Accumulator, r.Constants, Const(SInt(24), Fixed.Min24), Const(SInt(24), Fixed.Max24))));
        Results.Drive(requantise.Output);
    }
}
