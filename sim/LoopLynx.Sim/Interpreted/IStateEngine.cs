using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Interpreted;

/// <summary>An engine whose state is one block of <see cref="StateLayout"/>, so that waves, net peeks and hand-over work on the block alone.</summary>
public interface IStateEngine : IEngine
{
    /// <summary>Where everything lies in <see cref="State"/>.</summary>
    StateLayout Layout { get; }

    /// <summary>
    /// Ports, resets, registers and memories, at a cycle boundary. To read: an engine that leaves out work whose inputs haven't changed has to see every write.
    /// </summary>
    ReadOnlySpan<byte> State { get; }

    /// <summary>Changes the state from outside, at a cycle boundary.</summary>
    /// <param name="offset">Where in <see cref="State"/>, see <see cref="Layout"/>.</param>
    /// <param name="bytes">What is there from now on, as <see cref="LaneStorage"/> lays it out.</param>
    void Write(int offset, ReadOnlySpan<byte> bytes);

    /// <summary>A copy of the state, at a cycle boundary.</summary>
    EngineSnapshot Snapshot();

    /// <summary>Goes on from a snapshot of this or another engine of the same design.</summary>
    /// <exception cref="SimulationException">The snapshot is of another design.</exception>
    void Restore(EngineSnapshot snapshot);
}
