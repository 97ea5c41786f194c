using System.Runtime.CompilerServices;
using LoopLynx.Sim.Streams;

namespace LoopLynx.Runtime;

/// <summary>Records the FIFOs' fills of every cycle.</summary>
/// <param name="monitor">Keeps the highest.</param>
public sealed class FifoProbe(FifoMonitor monitor) : CycleProbe
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Ticked() => monitor.Sample();
}
