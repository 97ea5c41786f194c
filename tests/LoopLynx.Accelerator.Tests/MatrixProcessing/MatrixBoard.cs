using LoopLynx.Accelerator.Tests.Support;

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
        Instance(out var requantise, new RequantiseUnit(configuration.PacketLanes, NumericPlan.Int8, accumulatorBits: 32));
        activations.FirstRow.Drive(Mux(Vector.Valid, 0, Const(activations.FirstRow.Type, ActivationRows.Hidden(configuration))));
        activations.Vector.Drive(Vector);
        activations.Hidden.Drive(Hidden);
        processor.Activations.Connect(activations.Reader);
        processor.Command.Drive(Command);
        processor.Beats.Drive(Beats);
        requantise.Input.Drive(processor.Rows.Map(r =>
            new RequantiseInput(r.Accumulator, r.Constants, Const(SInt(24), Plans.Min24), Const(SInt(24), Plans.Max24))));
        Results.Drive(requantise.Output);
    }
}
