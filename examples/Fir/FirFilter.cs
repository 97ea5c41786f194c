using System.Numerics;
using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Examples.Fir;

/// <summary>A finite impulse response filter: one sample in, one exact sum of products out, for every cycle.</summary>
/// <remarks>
/// The taps are lanes: the history is one vector that moves by a lane a sample, the products are one multiplication, the sum is a tree with a register a level.
/// Latency: 2 + log2(taps) cycles and the output FIFO; initiation interval 1; back-pressure by credits.
/// </remarks>
/// <param name="coefficients">8-bit coefficients; a power of two of them.</param>
public sealed class FirFilter(IReadOnlyList<int> coefficients) : Module
{
    /// <summary>Samples.</summary>
    public readonly StreamIn<Signal> Samples = In(SInt(8));

    /// <summary>Filtered samples, exact.</summary>
    public readonly StreamOut<Signal> Filtered = Out(SInt(16 + Sizes.CeilLog2(coefficients.Count)));

    /// <inheritdoc/>
    public override string Summary => $"FIR filter with {coefficients.Count} taps";

    /// <inheritdoc/>
    protected override void Build()
    {
        var taps = coefficients.Count;
        Register(out var history, SInt(8).Lanes(taps));
        Let(out var window, SignalLanes.JoinLanes(Samples.Data, history.LaneSlice(0, taps - 1)));
        When(Samples.Fire, () => history.Drive(window));

        var weights = Const(SInt(8).Lanes(taps), [.. coefficients.Select(c => new BigInteger(c))]);
        Filtered.Drive(StreamSources.Of(Samples.Valid, window, Samples.Ready)
            .Pipeline(w => (w * weights).Registered(name: "products").SumPipelined(taps)));
    }
}
