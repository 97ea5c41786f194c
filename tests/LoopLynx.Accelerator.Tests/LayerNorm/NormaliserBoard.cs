namespace LoopLynx.Accelerator.Tests.LayerNorm;

/// <summary>A normaliser with the unit that answers its requests for gamma and beta.</summary>
internal sealed class NormaliserBoard(NodeConfiguration configuration) : Module
{
    public readonly StreamIn<Signal> Norm = In(SInt(8).Lanes(configuration.SuperBytes));
    public readonly Signal Restart = Input(Bit);
    public readonly StreamIn<ResidualRow> Rows = In(ResidualRow.Shape(configuration));
    public readonly Signal Total = Input(SInt(NormStatistics.SumBits(configuration)));
    public readonly Signal Mantissa = Input(UInt(17));
    public readonly Signal Exponent = Input(UInt(NormStatistics.ExponentBits(configuration)));
    public readonly Signal Fraction = Input(UInt(4));
    public readonly StreamOut<ActivationWrite> Output = Out(ActivationWrite.Shape(configuration));

    protected override void Build()
    {
        Instance(out var parameters, new NormParameters(configuration));
        Instance(out var normaliser, new Normaliser(configuration));
        parameters.Norm.Drive(Norm);
        parameters.Scalars.Valid.Drive(0);
        parameters.Scalars.Data.Drive(Norm.Data);
        parameters.Restart.Drive(Restart);
        parameters.Slot.Drive(0);
        parameters.Address.Drive(normaliser.ParameterAddress);
        normaliser.Rows.Drive(Rows);
        normaliser.Total.Drive(Total);
        normaliser.Mantissa.Drive(Mantissa);
        normaliser.Exponent.Drive(Exponent);
        normaliser.Fraction.Drive(Fraction);
        normaliser.Gamma.Drive(parameters.Gamma);
        normaliser.Beta.Drive(parameters.Beta);
        Output.Drive(normaliser.Output);
    }
}
