using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Interpreted;

/// <summary>An engine whose state is one block of <see cref="StateLayout"/>, so that waves, net peeks and hand-over work on the block alone.</summary>
public interface IStateEngine : IEngine
{
    /// <summary>Where everything lies in <see cref="State"/>.</summary>
    StateLayout Layout { get; }

    /// <summary>Ports, resets, registers and memories, at a cycle boundary.</summary>
    Span<byte> State { get; }

    /// <summary>A copy of the state, at a cycle boundary.</summary>
    EngineSnapshot Snapshot();

    /// <summary>Goes on from a snapshot of this or another engine of the same design.</summary>
    /// <exception cref="SimulationException">The snapshot is of another design.</exception>
    void Restore(EngineSnapshot snapshot);
}
