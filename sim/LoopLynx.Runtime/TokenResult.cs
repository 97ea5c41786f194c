using LoopLynx.Accelerator;
using LoopLynx.Sim.Streams;

namespace LoopLynx.Runtime;

/// <summary>What a token's simulation measured.</summary>
/// <param name="Configuration">The machine.</param>
/// <param name="Position">The token's position.</param>
/// <param name="Cycles">From the position's transfer to the last hidden packet's.</param>
/// <param name="Stages">Cycles by stage and activity.</param>
/// <param name="MatchesGolden">The whole hidden state equals the golden model's.</param>
/// <param name="Fifos">Highest fill of each FIFO; empty if not asked for.</param>
/// <param name="WallSeconds">Time that the simulation took, without building it.</param>
public sealed record TokenResult(NodeConfiguration Configuration, int Position, long Cycles, StageCycles Stages, bool MatchesGolden, IReadOnlyList<FifoFill> Fifos, double WallSeconds)
{
    /// <summary>Cycles that an ideal memory needs at least, over the cycles that were measured.</summary>
    public double Roofline => (double)Configuration.RooflineBeats(Position) / Cycles;
}
