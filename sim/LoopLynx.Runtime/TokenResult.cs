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
    /// <summary>When the memory answered.</summary>
    public ChannelTiming Memory { get; init; } = ChannelTiming.Ideal;

    /// <summary>The most that a card's memory has moved in a window of its power limit, in GB/s; null: the memory isn't a card's.</summary>
    public double? PeakGBps { get; init; }

    /// <summary>The card's kernels ran it, and counted the cycles.</summary>
    public bool AsKernels { get; init; }

    /// <summary>Cycles that the closed-form model expects.</summary>
    public long ModelCycles => LatencyModel.Token(Configuration, Position, CardPace.Of(Memory, Configuration)).Cycles;

    /// <summary>Cycles that an ideal memory needs at least, over the cycles that were measured.</summary>
    public double Roofline => (double)Configuration.RooflineBeats(Position) / Cycles;
}
