namespace LoopLynx.Hdl.Tests.Documentation.Guide;

/// <summary>The sum of the last <c>window</c> samples of a stream.</summary>
/// <remarks>Latency 1 cycle, one sample a cycle. Samples are int8; the sum is exact.</remarks>
public sealed class MovingSum(int window) : Module
{
    public readonly StreamIn<Signal> Samples = In(SInt(8));
    public readonly StreamOut<Signal> Sums = Out(SInt(8 + Sizes.CeilLog2(window)));

    protected override void Build()
    {
        Register(out var last, SInt(8) * (window - 1), reset: 0);
        Let(out var all, SignalLanes.JoinLanes(Samples.Data, last));
        When(Samples.Fire, () => last.Drive(all.LaneSlice(0, window - 1)));
        Sums.Drive(Samples.Map(_ => all.SumLanes()).Stage());
    }
}
