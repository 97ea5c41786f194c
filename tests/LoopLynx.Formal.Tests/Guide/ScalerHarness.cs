using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Formal.Tests.Guide;

/// <summary>What a scaler's users may rely on.</summary>
public sealed class ScalerHarness(bool scaleFirst) : Module
{
    public readonly StreamIn<Signal> Samples = In(UInt(4));
    public readonly Signal Gain = Input(UInt(2));
    public readonly StreamOut<Signal> Scaled = Out(UInt(6));

    protected override void Build()
    {
        Instance(out Scaler scaler, new Scaler(scaleFirst));
        scaler.Samples.Drive(Samples.AssumeStable());
        scaler.Gain.Drive(Gain);
        Scaled.Drive(scaler.Scaled);
        Scaled.AssertStable();
    }
}
