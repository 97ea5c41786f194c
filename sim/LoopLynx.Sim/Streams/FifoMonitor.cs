using System.Runtime.CompilerServices;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Streams;

/// <summary>A FIFO's highest fill so far.</summary>
/// <param name="Path">Instances from the top, joined by dots.</param>
/// <param name="Depth">Beats that it holds.</param>
/// <param name="Highest">The most beats that it held at a cycle boundary.</param>
public sealed record FifoFill(string Path, int Depth, int Highest);

/// <summary>Records the highest fill of every FIFO of a design, from the state block alone: the design has no logic for it, and the engine's speed without a monitor is unchanged.</summary>
public sealed class FifoMonitor
{
    private readonly IStateEngine _engine;
    private readonly (string Path, int Depth, int Offset, int Bytes)[] _fifos;
    private readonly int[] _highest;

    /// <summary>Watches all FIFOs that the netlist names.</summary>
    public FifoMonitor(IStateEngine engine)
    {
        _engine = engine;
        _fifos = [.. engine.Layout.Flat.Fifos.Select(f => (f.Name, f.Depth, engine.Layout.Offset(f.Count), LaneStorage.Bytes(f.Count.Type)))];
        _highest = new int[_fifos.Length];
    }

    /// <summary>All FIFOs, in the order of the hierarchy.</summary>
    public IReadOnlyList<FifoFill> Fills => [.. _fifos.Zip(_highest, (f, highest) => new FifoFill(f.Path, f.Depth, highest))];

    /// <summary>Looks at every FIFO; call it once a cycle, after the tick.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sample()
    {
        var state = _engine.State;
        for (var i = 0; i < _fifos.Length; i++)
        {
            var (_, _, offset, bytes) = _fifos[i];
            var count = bytes == 1 ? state[offset] : Unsafe.ReadUnaligned<ushort>(in state[offset]);
            _highest[i] = Math.Max(_highest[i], count);
        }
    }
}
