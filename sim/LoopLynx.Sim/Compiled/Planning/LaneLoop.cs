using LoopLynx.Sim.Compiled.Lowering;

namespace LoopLynx.Sim.Compiled.Planning;

/// <summary>Which value a step's lane loop produces.</summary>
internal static class LaneLoop
{
    /// <summary>The stored or computed value that a loop over lanes may end in.</summary>
    public static Value? RootOf(Step step) => step.Sink is WriteSink { Mask: not null } ? null : step.Root;
}
