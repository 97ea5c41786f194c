using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Formal.Tests.Guide;

/// <summary>Samples times a gain, behind a small buffer.</summary>
public sealed class Scaler(bool scaleFirst) : Module
{
    public readonly StreamIn<Signal> Samples = In(UInt(4));
    public readonly Signal Gain = Input(UInt(2));
    public readonly StreamOut<Signal> Scaled = Out(UInt(6));

    protected override void Build() => Scaled.Drive(scaleFirst
        ? Samples.Map(x => x * Gain).Fifo(2)
        : Samples.Fifo(2).Map(x => x * Gain));
}
