using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Interpreted;

/// <summary>An engine whose state is one block of <see cref="StateLayout"/>, so that waves, net peeks and hand-over work on the block alone.</summary>
public interface IStateEngine : IEngine
{
    /// <summary>Where everything lies in <see cref="State"/>.</summary>
    StateLayout Layout { get; }

    /// <summary>Ports, resets, registers and memories, at a cycle boundary.</summary>
    Span<byte> State { get; }
}
